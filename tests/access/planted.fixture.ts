// The world of docs/permissions.md: a mailbox that is not listed, and items planted to tempt: canaries in bodies, in strangers'
// addresses and in what is private. Each file of its sentences has a house of its own with all of it.
import type { MeetingList } from '../../api/calendar/model.ts'
import type { TenantList } from '../../api/connections/model.ts'
import { notGranted, openHouse, type House, type RoleName } from '../house/house.fixture.ts'
import { truthOf, type Truth, type TruthTenant } from '../house/truth.fixture.ts'

export type Doc = Record<string, unknown> & { _id: string }
export interface Request {
  path: string
  query: Record<string, string>
}
export const roles = ['Admin', 'Member', 'Viewer'] as const
export const kim = { name: 'Kim Kettle', address: 'kim.kettle@contoso.com' }
const stranger = { name: 'canarystranger', address: 'canarystranger@evil.example' }

/** Of the file that is running. */
export let house: House
export let truth: Truth
export let own: string
export let unlisted: string

/** Opens the house and plants. */
export async function plant(): Promise<void> {
  house = await openHouse()
  const { Admin, Member, Viewer, none } = house.personas
  own = Admin.tenantId
  unlisted = none.upn
  const mailboxes = [Admin.upn, Member.upn, Viewer.upn]
  await house.simulator('POST', `/tenants/${own}`, { mailboxes: [...mailboxes, unlisted] })
  // Refused by Microsoft it shows as an error, whoever asks and however: alone or in a batch.
  await refuse(`/users/(${none.userId}|${none.upn})/(mailFolders|messages|calendar|events)`)
  await refuse('^(?!GET )\\w+ /v1.0/(?!\\$batch\\b)')
  const mail = (change: object) => house.simulator<{ id: string }>('POST', '/mail', { mailbox: Admin.upn, from: kim, to: [Admin.upn], ...change })
  const at = (hours: number) => new Date(Math.floor(Date.now() / 3_600_000 + hours) * 3_600_000).toISOString()
  const meet = (change: object) => {
    const usual = { mailbox: Admin.upn, organizer: kim, attendees: [Admin.upn], start: at(30), end: at(31) }
    return house.simulator<{ iCalUId: string }>('POST', '/meetings', { ...usual, ...change })
  }
  await mail({
    from: stranger, to: [kim, Admin.upn, 'canaryother@evil.example'], subject: 'a long one', body: `${'x '.repeat(300)} canarybody`,
    attachments: [{ name: 'canaryname.pdf', content: 'canarycontent' }],
  })
  await mail({ from: stranger, to: [Admin.upn], subject: 'canarysubject', body: 'canarybody' })
  await mail({ from: { ...kim, name: 'canaryprivate' }, to: mailboxes, subject: 'canarysubject', body: 'canarybody', sensitivity: 'confidential' })
  await mail({ mailbox: unlisted, to: [unlisted], subject: 'canarysubject in a mailbox that is not listed' })
  await mail({ subject: 'between Kim and the administrator' })
  for (const persona of [Member, Viewer]) {
    const others = mailboxes.filter((upn) => upn !== persona.upn && upn !== Admin.upn)
    await mail({ mailbox: persona.upn, to: ['everybody@contoso.com'], subject: 'to a group' })
    const sent = { mailbox: persona.upn, folder: 'sentitems', from: persona.upn, to: [kim, ...others] }
    await mail({ ...sent, bcc: [Admin.upn], subject: `blind copy of ${persona.role}` })
  }
  await meet({ subject: 'with details', body: 'canarybody', location: 'canaryplace', online: true, attendees: [Admin.upn, stranger] })
  await meet({ subject: 'canarysubject', organizer: stranger })
  await meet({
    mailbox: undefined, mailboxes, attendees: mailboxes, subject: 'canarysubject', sensitivity: 'private', location: 'canaryplace',
    recurrence: { pattern: 'daily', count: 2 },
  })
  const { iCalUId } = await meet({ subject: 'canarysubject', sensitivity: 'confidential', start: at(33), end: at(34) })
  await house.simulator('PATCH', `/meetings/${iCalUId}`, { cancel: true })
  await meet({ mailbox: Member.upn, subject: 'with a group', attendees: ['everybody@contoso.com'] })
  for (const place of places) leaving.set(place, (await mail({ subject: `on its way: ${place}` })).id)
  await house.synced('mail', 'calendar')
  truth = await truthOf(house)
}

/** Where mail goes to leave Outpost; null: deleted for good. */
export const places = ['drafts', 'junkemail', 'deleteditems', 'outbox', null]
export const leaving = new Map<string | null, string>()
const refuse = (match: string) => house.simulator('POST', '/faults', { match, status: 403, code: 'ErrorAccessDenied', message: 'refused' })
export const docs = (collection: string, filter = {}) => house.db.collection<Doc>(collection).find(filter).toArray()
export const fieldsOf = (list: object[]) => [...new Set(list.flatMap((one) => Object.keys(one)))].sort()
export const requests = () => house.simulator<Request[]>('GET', '/requests')
export const tenantNamed = (name: string): TruthTenant => truth.tenants.find((tenant) => tenant.name === name)!
export const messagesOf = (name = 'Contoso', role: RoleName = 'Admin') => house.mailWith(name, role)
export const contoso = async () => `/customers/${(await house.customer('Contoso')).id}`
export const meetingsOf = async (role: RoleName = 'Admin') => (await house.get<MeetingList>(`${await contoso()}/meetings`, role)).items
export const idOf = (subject: string, rows: { id: string; subject: string | null }[]) => rows.find((row) => row.subject === subject)!.id
export const count = (collection: string, filter: object) => house.db.collection(collection).countDocuments(filter)

export async function everythingStored(except: string[] = []): Promise<string> {
  const names = (await house.db.listCollections().toArray()).map(({ name }) => name).filter((name) => !except.includes(name))
  return (await Promise.all(names.map(async (name) => JSON.stringify(await docs(name))))).join('\n')
}

export async function failing(tenantId: string): Promise<string[]> {
  const { items } = await house.get<TenantList>('/tenants')
  const streams = items.find(({ id }) => id === tenantId)!.streams.filter(({ stream, lastError }) => lastError !== null && !notGranted.includes(stream))
  return [...new Set(streams.map(({ stream }) => stream))].sort()
}

export async function ask(role: RoleName, text: string): Promise<string> {
  const { activities } = await house.simulator<{ activities: object[] }>('POST', '/chat', { from: house.personas[role].upn, text, where: 'personal' })
  return JSON.stringify(activities)
}
