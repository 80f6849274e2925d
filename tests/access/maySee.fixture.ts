// Who may see what, by docs/permissions.md: reckoned from the world as the simulator knows it and from ids that are stored, with
// nothing of the product's own code.
import type { House } from '../house/house.fixture.ts'
import { addressesOf, isPrivate, normal, truthOf, type TruthMeeting, type TruthMessage } from '../house/truth.fixture.ts'
import type { Planted } from './secrets.fixture.ts'

export type Person = 'Admin' | 'Member' | 'Viewer' | 'nobody'
export const people = ['Admin', 'Member', 'Viewer', 'nobody'] as const

interface CustomerRow {
  readonly _id: string
  readonly name: string
  readonly domains: string[]
  readonly archivedAt: Date | null
}
interface ItemRow {
  readonly _id: string
  readonly customerId: string
  readonly mailboxId: string
  readonly mailKey?: string
  readonly immutableId?: string
  readonly eventId?: string
}
export interface RowId {
  readonly id: string
  readonly kind: 'messages' | 'meetings'
  /** By which a row is the same in another run, where ids are others. */
  readonly name: string
  readonly seenBy: ReadonlySet<Person>
  /** Who may see a copy of the same mail in another mailbox: that is what is opened for them, where this one is out of reach. */
  readonly elsewhere: ReadonlySet<Person>
  /** Object id of the mailbox's user. */
  readonly mailboxId: string
}

export interface Seen {
  /** Words and addresses that somebody may be shown in lists and in chat. */
  readonly listed: ReadonlySet<string>
  /** Those that what they open may hold. */
  readonly opened: ReadonlySet<string>
}

export interface MaySee {
  readonly customers: readonly CustomerRow[]
  readonly rows: readonly RowId[]
  readonly of: Readonly<Record<Person, Seen>>
  /** Words that tell something, whoever may read them. */
  readonly telling: ReadonlySet<string>
  /** Ids and secrets that leave the server for nobody. */
  readonly kept: ReadonlySet<string>
}

const unread = ['drafts', 'junkemail', 'deleteditems', 'outbox']
const lies = (address: string | null, domains: readonly string[]) => domains.some((domain) => address?.endsWith(`@${domain}`) === true || address?.endsWith(`.${domain}`) === true)
const inSubject = (words: readonly string[], subject: string) => words.filter((word) => subject.includes(word))

/** @param listed user principal names of the mailboxes that are listed now */
export async function maySee(house: House, planted: Planted, listed: readonly string[]): Promise<MaySee> {
  const truth = await truthOf(house)
  const own = truth.tenants.find(({ tenantId }) => tenantId === house.personas.Admin.tenantId)!
  const customers = (await house.db.collection<CustomerRow>('customers').find().toArray()).sort((a, b) => (a.name < b.name ? -1 : 1))
  const living = customers.filter(({ archivedAt }) => archivedAt === null)
  const touched = (addresses: (string | null)[]) => living.filter(({ domains }) => addresses.some((address) => lies(normal(address), domains))).map(({ _id }) => _id)
  const stored = { messages: await house.db.collection<ItemRow>('messages').find().toArray(), meetings: await house.db.collection<ItemRow>('meetings').find().toArray() }
  const rowsOf = new Map<string, { kind: RowId['kind']; row: ItemRow }[]>()
  for (const kind of ['messages', 'meetings'] as const) {
    for (const row of stored[kind]) {
      const name = `${row.mailboxId} ${row.immutableId ?? row.eventId!}`
      rowsOf.set(name, [...(rowsOf.get(name) ?? []), { kind, row }])
    }
  }
  const words: Record<Person, { listed: Set<string>; opened: Set<string> }> = {
    Admin: { listed: new Set(), opened: new Set() }, Member: { listed: new Set(), opened: new Set() }, Viewer: { listed: new Set(), opened: new Set() }, nobody: { listed: new Set(), opened: new Set() },
  }
  const telling = new Set<string>()
  const seenRows = new Map<string, Set<Person>>([...stored.messages, ...stored.meetings].map(({ _id }) => [_id, new Set()]))
  const mine = Object.fromEntries((['Admin', 'Member', 'Viewer'] as const).map((role) => [role, addressesOf(own.users.find(({ id }) => id === house.personas[role].userId)!)]))

  for (const { upn, messages, meetings, folders } of own.mailboxes) {
    const mailboxId = own.users.find(({ userPrincipalName }) => userPrincipalName === upn)!.id
    const isRead = (item: TruthMessage | TruthMeeting) => !('folderId' in item) || !unread.includes(folders.find(({ id }) => id === item.folderId)?.under ?? '')
    for (const item of [...messages, ...meetings]) {
      const isMail = 'from' in item
      const [author, openly, blindly] = isMail ? [item.from, [item.from, ...item.to, ...item.cc], item.bcc] : [item.organizer, [item.organizer, ...item.attendees], []]
      const own = [...(planted.get(item.id) ?? []), ...item.canaries]
      for (const word of own) telling.add(word)
      if (!listed.includes(upn) || !isRead(item)) continue
      for (const role of ['Admin', 'Member', 'Viewer'] as const) {
        const isMine = (address: string | null) => mine[role]!.includes(normal(address) ?? '')
        const all = role === 'Admin' || house.personas[role].upn === upn || isMine(author)
        const seen = all ? touched([...openly, ...blindly]) : [...openly, ...blindly].some(isMine) ? touched(openly) : []
        for (const { row } of rowsOf.get(`${mailboxId} ${item.id}`) ?? []) if (seen.includes(row.customerId)) seenRows.get(row._id)!.add(role)
        if (seen.length === 0 || isPrivate(item)) continue
        const knowsBlind = role === 'Admin' || house.personas[role].upn === upn
        const addresses = [...openly, ...(knowsBlind ? blindly : [])].map(normal).filter((address) => address !== null)
        const known = addresses.filter((address) => truth.sideOf(address) !== null)
        const hidden = new Set(knowsBlind ? [] : blindly.flatMap((address) => inSubject(own, address ?? '')))
        for (const word of [...inSubject(own, item.subject), ...known]) words[role].listed.add(word)
        for (const word of [...own.filter((one) => !hidden.has(one)), ...addresses]) words[role].opened.add(word)
      }
    }
  }
  // Accounts of customers are for everybody with a role, as are the people of the MSP; those that match no customer are for administrators.
  const archived = customers.filter(({ archivedAt }) => archivedAt !== null)
  for (const { tenantId, name, users } of truth.tenants) {
    const isOwn = tenantId === own.tenantId
    const isArchived = archived.some((customer) => customer.name === name)
    for (const address of users.flatMap(addressesOf)) {
      for (const role of ['Admin', 'Member', 'Viewer'] as const) if (role === 'Admin' || isOwn || (!isArchived && lies(address, living.flatMap(({ domains }) => domains)))) words[role].listed.add(address)
    }
  }
  for (const { _id, name } of archived) for (const word of [_id, name]) {
    telling.add(word)
    words.Admin.listed.add(word)
  }
  // What an administrator has opened stands in the audit log, though it is gone.
  for (const [id, seenBy] of seenRows) {
    telling.add(id)
    for (const role of people) if (role === 'Admin' || seenBy.has(role)) words[role].listed.add(id)
  }
  for (const role of people) for (const word of words[role].listed) words[role].opened.add(word)
  const name = ({ row: { mailboxId, immutableId, eventId, customerId } }: { row: ItemRow }) => `${mailboxId} ${immutableId ?? eventId!} ${customers.find(({ _id }) => _id === customerId)?.name ?? ''}`
  const copies = [...rowsOf.values()].flat()
  const elsewhere = ({ row }: (typeof copies)[number]) => {
    const others = copies.filter(({ row: other }) => row.mailKey !== undefined && other.mailKey === row.mailKey && other.customerId === row.customerId && other.mailboxId !== row.mailboxId)
    return new Set(others.flatMap(({ row: other }) => [...seenRows.get(other._id)!]))
  }
  const rows = copies.map((one) => ({ id: one.row._id, kind: one.kind, name: name(one), mailboxId: one.row.mailboxId, seenBy: seenRows.get(one.row._id)!, elsewhere: elsewhere(one) })).sort((a, b) => (a.name < b.name ? -1 : 1))
  const tenants = await house.simulator<{ clientSecret: string }[]>('GET', '/tenants')
  const kept = [...tenants.map(({ clientSecret }) => clientSecret), ...[...stored.messages, ...stored.meetings].flatMap(({ immutableId, eventId, mailKey }) => [immutableId, eventId, mailKey].filter((one) => one !== undefined))]
  return { customers, rows, of: words, telling, kept: new Set(kept) }
}
