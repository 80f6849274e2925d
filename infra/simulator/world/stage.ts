// The people around a technician, and the strings that may never be kept.
import type { User } from './accounts.ts'
import type { Attachment, Recipient } from './mail/messages.ts'
import type { Tenant } from './model.ts'
import { SUBJECTS } from './names.ts'
import type { Random } from './random.ts'

export interface Cast {
  seed: number; start: number; tiny: boolean; perMailbox: number; perCalendar: number
  technicians: User[]; customers: { tenant: Tenant; contacts: User[]; sub: string }[]
}

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
