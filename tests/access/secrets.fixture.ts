// Mail and meetings between people of the MSP, of customers and strangers, in every constellation, each with words that stand nowhere
// else: in its subject, its text, the names and addresses of strangers, the name of a file, the place.
import type { Draw } from './seeded.fixture.ts'
import type { House } from '../house/house.fixture.ts'

/** Words by what they were planted in: an id of Graph. The first one stands in the subject. */
export type Planted = Map<string, string[]>

export const secretWord = /zq[0-9a-f]{12}/g

export interface Cast {
  /** User principal names of people whose mailboxes are listed. */
  readonly mailboxes: readonly string[]
  readonly colleagues: readonly string[]
  /** Addresses at customers. */
  readonly contacts: readonly string[]
}

const sensitivities = ['normal', 'normal', 'normal', 'normal', 'private', 'confidential']
const hour = 3_600_000
/** Longer than what is kept of a text: the word behind it is shown to who opens it alone. */
const start = 'Hello again. '.repeat(30)

export async function plantSecrets(house: House, draw: Draw, cast: Cast, count: number): Promise<Planted> {
  const planted: Planted = new Map()
  const word = () => `zq${draw.text(12, '0123456789abcdef')}`
  const stranger = () => ({ name: word(), address: `${word()}@evil.example` })
  const inside = () => [...draw.some(cast.mailboxes, 0.3), ...draw.some(cast.colleagues, 0.15)]
  const outside = () => [...draw.some(cast.contacts, 0.15), ...(draw.chance(0.3) ? [stranger()] : [])]
  const anybody = () => [...inside(), ...outside()]
  const wordsIn = (sent: object) => [...new Set(JSON.stringify(sent).match(secretWord))]

  /** One mail: the sender's copy, which alone names the blind copies, and those of everybody who got it. */
  async function mail(number: number): Promise<void> {
    const from = draw.pick<string | object>([draw.pick(cast.mailboxes), draw.pick(cast.contacts), stranger()])
    const [to, cc, bcc] = [anybody(), draw.chance(0.4) ? anybody() : [], draw.chance(0.5) ? anybody() : []]
    const at = Date.now() - draw.below(200) * hour - number * 1000
    const shared = {
      from, to: to.length === 0 ? [draw.pick(cast.contacts)] : to, cc, subject: `${word()} offer`, body: `${start} ${word()}.`, sensitivity: draw.pick(sensitivities),
      internetMessageId: `<${number}.${word()}@mail.example>`, ...(draw.chance(0.4) ? { attachments: [{ name: `${word()}.pdf`, content: 'x' }] } : {}),
    }
    const copies = cast.mailboxes.flatMap((mailbox) => {
      if (from === mailbox) return [{ ...shared, bcc, mailbox, folder: 'sentitems', at: new Date(at).toISOString() }]
      if (![...shared.to, ...cc, ...bcc].includes(mailbox) && !draw.chance(0.05)) return []
      return [{ ...shared, mailbox, at: new Date(at + 2000).toISOString() }]
    })
    for (const copy of copies) planted.set((await house.simulator<{ id: string }>('POST', '/mail', copy)).id, wordsIn(copy))
  }
  async function meeting(number: number): Promise<void> {
    const mailboxes = draw.some(cast.mailboxes, 0.5)
    if (mailboxes.length === 0) return
    const begins = Math.floor(Date.now() / hour + draw.below(400) - 100) * hour
    const meeting = {
      mailboxes, organizer: draw.pick<string | object>([draw.pick(cast.mailboxes), draw.pick(cast.contacts), stranger()]), attendees: anybody(), subject: `${word()} review`,
      body: `Agenda ${word()} ${number}`, location: word(), sensitivity: draw.pick(sensitivities), start: new Date(begins).toISOString(), end: new Date(begins + hour).toISOString(),
    }
    const { ids } = await house.simulator<{ ids: string[] }>('POST', '/meetings', meeting)
    for (const id of ids) planted.set(id, wordsIn(meeting))
  }
  for (let number = 0; number < count; number += 1) await mail(number)
  for (let number = 0; number < count / 2; number += 1) await meeting(number)
  return planted
}
