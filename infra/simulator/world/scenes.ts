// What people write to each other. Every scene says itself which customers it touches and which strings may never be kept.
import { AWKWARD_SUBJECTS, SUBJECTS } from './names.ts'
import type { Attachment, Recipient, Tenant, User } from './model.ts'
import type { Random } from './random.ts'

export interface Draft {
  from: Recipient | null
  to: Recipient[]; cc?: Recipient[]; bcc?: Recipient[]
  subject: string
  customers: string[]; canaries: string[]
  sent?: boolean
  sensitivity?: 1 | 2 | 3
  attachments?: Attachment[]
}

/** The people around one technician. */
export class Stage {
  readonly random: Random
  private readonly cast: { me: User; colleagues: User[]; customers: { tenant: Tenant; contacts: User[]; sub: string }[] }
  private canaries: string[] = []

  constructor(random: Random, cast: Stage['cast']) {
    this.random = random
    this.cast = cast
  }

  /** Plays a scene; the first canary is the body's. */
  play<T extends Omit<Draft, 'canaries' | 'to'>>(scene: (stage: Stage) => T): T & { canaries: string[] } {
    this.canaries = []
    const draft = scene(this)
    // Of a message that concerns no customer, or that is private, not even subject and preview may be kept.
    const hidden = draft.customers.length === 0 || draft.sensitivity !== undefined
    const subjectCanary = `sj${this.random.token(12)}`
    return {
      ...draft,
      subject: hidden ? `${draft.subject} ${subjectCanary}` : draft.subject,
      canaries: [`bd${this.random.token(14)}`, ...(hidden ? [`pv${this.random.token(12)}`, subjectCanary] : []), ...this.canaries],
    }
  }

  customer(): { name: string; home: string; sub: string; contacts: User[]; tenant: Tenant } {
    const { tenant, contacts, sub } = this.random.pick(this.cast.customers)
    return { name: tenant.customer?.name ?? tenant.name, home: tenant.domains[0] as string, sub, contacts, tenant }
  }

  contact(customer: { contacts: User[] }): Recipient {
    const user = this.random.pick(customer.contacts)
    return { name: user.displayName, address: user.mail ?? user.userPrincipalName }
  }

  self(): Recipient {
    const alias = this.random.chance(0.12) ? this.cast.me.proxyAddresses.find((a) => a.startsWith('smtp:'))?.slice(5) : undefined
    return { name: this.cast.me.displayName, address: alias ?? this.cast.me.userPrincipalName }
  }

  colleague(): Recipient {
    const user = this.random.pick(this.cast.colleagues)
    return { name: user.displayName, address: user.userPrincipalName }
  }

  /** Somebody at no customer; local part and display name are canaries. `name` goes before the canary. */
  stranger(domain = this.random.pick(['stranger.example', 'supplier.example', 'news.example', 'parcel.example']), name = 'Stray'): Recipient {
    const canary = this.secret('st')
    return { name: `${name} ${canary}`, address: `${canary}@${domain}` }
  }

  /** A string that belongs to a stranger, in lower case here and in either case in the list. */
  secret(prefix: string): string {
    const canary = `${prefix}${this.random.token(13)}`
    this.canaries.push(canary, ...(prefix === 'x5' ? [canary.toUpperCase()] : []))
    return canary
  }

  file(name: string, contentType = 'application/pdf'): Attachment {
    const canary = this.secret('at')
    return { id: this.random.token(40), name, contentType, content: Buffer.from(`%PDF-1.4 ${canary}`) }
  }

  subject(): string { return this.random.pick(SUBJECTS) }
}

type Scene = (stage: Stage) => Omit<Draft, 'canaries'>

const incoming: Scene = (s) => {
  const c = s.customer()
  return { from: s.contact(c), to: [s.self()], subject: s.subject(), customers: [c.name] }
}
const outgoing: Scene = (s) => {
  const c = s.customer()
  return { from: s.self(), to: [s.contact(c)], subject: `RE: ${s.subject()}`, customers: [c.name], sent: true }
}
const newsletter: Scene = (s) => ({ from: s.stranger('news.example', 'Weekly Bargains'), to: [s.self()], subject: '50 % off everything', customers: [] })
const internal: Scene = (s) => ({ from: s.colleague(), to: [s.self()], subject: 'Lunch?', customers: [] })

/** Look-alikes of a customer's domain; the fourth has a Cyrillic о, the fifth is its ASCII form. */
function lookAlike(s: Stage, home: string): string {
  const label = home.split('.')[0] as string
  return s.random.pick([`${home}.evil.example`, `not${home}`, `${label}-support.example`, home.replace('o', 'о'), 'xn--cntoso-wqf.com', `${label}.co`, `${home.replace('.', '-')}.example`])
}

/** Every kind of message, the frequent ones more than once. Each mailbox has each kind at least once. */
export const SCENES: readonly Scene[] = [
  incoming, outgoing, newsletter, internal,
  (s) => { const c = s.customer(); return { from: s.stranger(lookAlike(s, c.home), c.name), to: [s.self()], subject: `Payment ${s.subject()}`, customers: [] } },
  // The display name holds a customer's address, the real address is elsewhere.
  (s) => { const c = s.customer(); return { from: s.stranger('evil.example', `"billing@${c.home}"`), to: [s.self()], subject: 'Your account', customers: [] } },
  (s) => { const c = s.customer(); return { from: s.stranger(), to: [s.self()], cc: [s.contact(c)], subject: s.subject(), customers: [c.name] } },
  (s) => { const c = s.customer(); return { from: { name: "Pat O'Neil (Ext.)", address: `Pat.O'NEIL+tickets@${c.home.toUpperCase()}` }, to: [s.self()], subject: s.subject(), customers: [c.name] } },
  (s) => { const c = s.customer(); return { from: { name: 'Jürgen Müller-Kiesel', address: `jurgen@${c.sub}` }, to: [s.self(), s.stranger()], subject: s.subject(), customers: [c.name] } },
  (s) => {
    const [a, b] = [s.customer(), s.customer()]
    return { from: s.contact(a), to: [s.self(), s.contact(b)], subject: 'Introduction', customers: [...new Set([a.name, b.name])] }
  },
  // Only the sender's own copy shows who was on Bcc.
  (s) => { const c = s.customer(); return { from: s.self(), to: [s.stranger()], bcc: [s.contact(c)], subject: s.subject(), customers: [c.name], sent: true } },
  (s) => { const c = s.customer(); return { from: s.contact(c), to: [{ name: `All staff ${c.name}`, address: `all-staff@${c.home}` }], bcc: [], subject: 'All staff', customers: [c.name] } },
  (s) => ({ from: { name: 'Internal', address: `/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP (FYDIBOHF23SPDLT)/CN=RECIPIENTS/CN=${s.secret('x5').toUpperCase()}` },
    to: [s.self()], subject: s.subject(), customers: [] }),
  (s) => {
    const c = s.customer()
    return { from: s.contact(c), to: [s.self(), { name: 'Purchasing', address: `/o=ExchangeLabs/ou=Old/cn=Recipients/cn=${s.secret('x5')}` }], subject: s.subject(), customers: [c.name] }
  },
  (s) => ({ from: null, to: [s.self()], subject: s.subject(), customers: [] }),
  (s) => { const c = s.customer(); return { from: null, to: [s.self()], cc: [s.contact(c)], subject: s.subject(), customers: [c.name] } },
  (s) => { const c = s.customer(); return { from: s.contact(c), to: [s.self()], subject: 'Salaries', customers: [c.name], sensitivity: 2 } },
  (s) => { const c = s.customer(); return { from: s.self(), to: [s.contact(c)], subject: 'Contract', customers: [c.name], sensitivity: 3, sent: true } },
  (s) => { const c = s.customer(); return { from: s.contact(c), to: [s.self(), { name: 'Friends of the house' }], subject: s.random.pick(AWKWARD_SUBJECTS), customers: [c.name] } },
  (s) => { const c = s.customer(); return { from: s.contact(c), to: [s.self()], subject: 'Invoice', customers: [c.name], attachments: [s.file('invoice 4711.pdf'), s.file('Übersicht.xlsx', 'application/vnd.ms-excel')] } },
  (s) => { const c = s.customer(); return { from: { name: c.name, address: `admin@${c.tenant.domains[1] ?? c.home}` }, to: [s.self()], subject: 'Azure bill', customers: [c.name] } },
  (s) => ({ from: { ...s.stranger('fabrikam.example') }, to: [s.self(), s.stranger('gmail.com')], subject: s.subject(), customers: [] }),
  // The Unicode form of an internationalised domain, and a trailing dot.
  (s) => {
    const c = s.customer()
    const unicode = c.sub.startsWith('xn--fabrikam') ? 'fabrikam-münchen.example' : c.sub
    return { from: { name: 'Zoë', address: `zoe@${unicode}` }, to: [s.self()], subject: s.subject(), customers: [c.name] }
  },
  incoming, incoming, incoming, incoming, outgoing, outgoing, outgoing, newsletter, newsletter, internal,
]

/** The scenes of the smallest world, nine of them received and three sent. */
export const TINY: readonly number[] = [0, 2, 4, 6, 7, 14, 15, 16, 18, 1, 10, 17]
