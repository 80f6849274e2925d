// What people write to each other. Every scene says itself which customers it touches and which strings may never be kept.
import { AWKWARD_SUBJECTS } from '../names.ts'
import type { Draft, Stage } from '../stage.ts'
import type { Recipient } from './messages.ts'

type Words = Omit<Draft, 'canaries'>
type Scene = (stage: Stage) => Words
type Partner = ReturnType<Stage['customer']>

/** A scene with one customer, who is touched by it unless it says otherwise. */
const withCustomer = (words: (s: Stage, c: Partner) => Omit<Words, 'customers'> & Partial<Words>): Scene => (s) => {
  const c = s.customer()
  return { customers: [c.name], ...words(s, c) }
}

const incoming = withCustomer((s, c) => ({ from: s.contact(c), to: [s.self()], subject: s.subject() }))
const outgoing = withCustomer((s, c) => ({ from: s.self(), to: [s.contact(c)], subject: `RE: ${s.subject()}`, sent: true }))
const newsletter: Scene = (s) => {
  const shop = s.stranger('news.example', 'Weekly Bargains')
  return { from: shop, to: [s.self()], subject: '50 % off everything', customers: [] }
}
const internal: Scene = (s) => ({ from: s.colleague(), to: [s.self()], subject: 'Lunch?', customers: [] })

/** Look-alikes of a customer's domain; the fourth has a Cyrillic о, the fifth is its ASCII form. */
function lookAlike(s: Stage, home: string): string {
  const label = home.split('.')[0] as string
  return s.random.pick([
    `${home}.evil.example`, `not${home}`, `${label}-support.example`, home.replace('o', 'о'), 'xn--cntoso-wqf.com', `${label}.co`,
    `${home.replace('.', '-')}.example`,
  ])
}

/** Every kind of message, the frequent ones more than once. Each mailbox has each kind at least once. */
export const SCENES: readonly Scene[] = [
  incoming,
  outgoing,
  newsletter,
  internal,
  withCustomer((s, c) => ({ from: s.stranger(lookAlike(s, c.home), c.name), to: [s.self()], subject: `Payment ${s.subject()}`, customers: [] })),
  // The display name holds a customer's address, the real address is elsewhere.
  withCustomer((s, c) => ({ from: s.stranger('evil.example', `"billing@${c.home}"`), to: [s.self()], subject: 'Your account', customers: [] })),
  withCustomer((s, c) => ({ from: s.stranger(), to: [s.self()], cc: [s.contact(c)], subject: s.subject() })),
  withCustomer((s, c) => {
    const pat = { name: "Pat O'Neil (Ext.)", address: `Pat.O'NEIL+tickets@${c.home.toUpperCase()}` }
    return { from: pat, to: [s.self()], subject: s.subject() }
  }),
  withCustomer((s, c) => {
    const juergen = { name: 'Jürgen Müller-Kiesel', address: `jurgen@${c.sub}` }
    return { from: juergen, to: [s.self(), s.stranger()], subject: s.subject() }
  }),
  (s) => {
    const [a, b] = [s.customer(), s.customer()]
    return { from: s.contact(a), to: [s.self(), s.contact(b)], subject: 'Introduction', customers: [...new Set([a.name, b.name])] }
  },
  // Only the sender's own copy shows who was on Bcc.
  withCustomer((s, c) => ({ from: s.self(), to: [s.stranger()], bcc: [s.contact(c)], subject: s.subject(), sent: true })),
  withCustomer((s, c) => {
    const everybody = { name: `All staff ${c.name}`, address: `all-staff@${c.home}` }
    return { from: s.contact(c), to: [everybody], subject: 'All staff' }
  }),
  (s) => {
    const address = `/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP (FYDIBOHF23SPDLT)/CN=RECIPIENTS/CN=${s.secret('x5').toUpperCase()}`
    return { from: { name: 'Internal', address }, to: [s.self()], subject: s.subject(), customers: [] }
  },
  withCustomer((s, c) => {
    const purchasing = (): Recipient => ({ name: 'Purchasing', address: `/o=ExchangeLabs/ou=Old/cn=Recipients/cn=${s.secret('x5')}` })
    return { from: s.contact(c), to: [s.self(), purchasing()], subject: s.subject() }
  }),
  (s) => ({ from: null, to: [s.self()], subject: s.subject(), customers: [] }),
  withCustomer((s, c) => ({ from: null, to: [s.self()], cc: [s.contact(c)], subject: s.subject() })),
  withCustomer((s, c) => ({ from: s.contact(c), to: [s.self()], subject: 'Salaries', sensitivity: 2 })),
  withCustomer((s, c) => ({ from: s.self(), to: [s.contact(c)], subject: 'Contract', sensitivity: 3, sent: true })),
  withCustomer((s, c) => ({ from: s.contact(c), to: [s.self(), { name: 'Friends of the house' }], subject: s.random.pick(AWKWARD_SUBJECTS) })),
  withCustomer((s, c) => ({
    from: s.contact(c), to: [s.self()], subject: 'Invoice',
    attachments: [s.file('invoice 4711.pdf'), s.file('Übersicht.xlsx', 'application/vnd.ms-excel')],
  })),
  withCustomer((s, c) => ({ from: { name: c.name, address: `admin@${c.tenant.domains[1] ?? c.home}` }, to: [s.self()], subject: 'Azure bill' })),
  (s) => ({ from: s.stranger('fabrikam.example'), to: [s.self(), s.stranger('gmail.com')], subject: s.subject(), customers: [] }),
  // The Unicode form of an internationalised domain.
  withCustomer((s, c) => {
    const unicode = c.sub.startsWith('xn--fabrikam') ? 'fabrikam-münchen.example' : c.sub
    return { from: { name: 'Zoë', address: `zoe@${unicode}` }, to: [s.self()], subject: s.subject() }
  }),
  incoming, incoming, incoming, incoming, outgoing, outgoing, outgoing, newsletter, newsletter, internal,
]

/** The scenes of the smallest world, nine of them received and three sent. */
export const TINY: readonly number[] = [0, 2, 4, 6, 7, 14, 15, 16, 18, 1, 10, 17]
