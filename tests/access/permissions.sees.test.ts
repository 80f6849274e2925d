// docs/permissions.md, sentence by sentence and cell by cell: who sees it. A title is what the page says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChannelList } from '../../api/channels/model.ts'
import type { Licences } from '../../api/licences/model.ts'
import type { Posture } from '../../api/posture/model.ts'
import type { RoleName } from '../house/house.fixture.ts'
import { addressesOf, everyoneIn, normal, truthOf, type TruthMeeting, type TruthMessage } from '../house/truth.fixture.ts'
import { ask, contoso, count, docs, house, kim, meetingsOf, messagesOf, own, plant, roles } from './planted.fixture.ts'

beforeAll(plant)
afterAll(() => house?.close())

describe('Who sees it', () => {
  const day = 86_400_000
  beforeAll(async () => {
    await house.as('Admin', 'PATCH', `/customers/${(await house.customer('Tailspin Toys')).id}`, { archived: true })
    await house.synced('mail', 'calendar')
  })
  const status = async (role: RoleName, method: string, path: string, body?: object) => (await house.as(role, method, path, body)).status
  /** Which mails or meetings of Contoso somebody should see: all, or where an own address takes part, and in the own mailbox. */
  const visible = async (role: RoleName, collection: 'messages' | 'meetings') => {
    const { userId } = house.personas[role]
    const { users, mailboxes } = (await truthOf(house)).tenants.find(({ tenantId }) => tenantId === own)!
    const mine = addressesOf(users.find(({ id }) => id === userId)!)
    const items = mailboxes.flatMap<TruthMessage | TruthMeeting>((one) => one[collection])
    const takesPart = new Set(items.filter((item) => everyoneIn(item).some((address) => mine.includes(normal(address) ?? ''))).map(({ id }) => id))
    const stored = await docs(collection, { customerId: (await house.customer('Contoso')).id })
    const seen = stored.filter((doc) => role === 'Admin' || doc.mailboxId === userId || takesPart.has(String(doc.immutableId ?? doc.eventId)))
    // Whole days of meetings are kept, and those that lie within 7 days back and 14 ahead are shown.
    const [from, to] = [new Date(Date.now() - 7 * day), new Date(Date.now() + 14 * day)]
    const within = seen.filter((doc) => collection === 'messages' || ((doc.end as Date) > from && (doc.start as Date) < to))
    return new Set(within.map((doc) => String(doc.mailKey ?? doc.meetingKey)))
  }
  /** What somebody is shown of Contoso, with what makes the copies of one mail or meeting one. */
  const shown = async (role: RoleName, collection: 'messages' | 'meetings') => {
    const keys = new Map((await docs(collection)).map((doc) => [doc._id, String(doc.mailKey ?? doc.meetingKey)]))
    const rows: { id: string; private: boolean }[] = collection === 'messages' ? await messagesOf('Contoso', role) : await meetingsOf(role)
    return rows.map((row) => ({ ...row, key: keys.get(row.id)! }))
  }

  it('Roles are app roles of Outpost’s own Entra app, assigned to people or groups.', async () => {
    // The viewer has the role through a group; a member of a group in that group has none.
    for (const role of roles) {
      expect(await house.get('/me', role), role).toMatchObject({ role: role.toLowerCase(), userId: house.personas[role].userId })
      expect(await ask(role, 'mfa Contoso'), role).toContain('MFA at Contoso')
    }
    expect((await docs('appRoleHolders')).map(({ userId, role }) => `${String(userId)} ${String(role)}`).sort()).toEqual(
      roles.map((role) => `${house.personas[role].userId} ${role.toLowerCase()}`).sort(),
    )
  })

  it.each([
    ['customers, their posture and licences, admin: yes', 'Admin'],
    ['customers, their posture and licences, member: yes', 'Member'],
    ['customers, their posture and licences, viewer: yes', 'Viewer'],
  ] as const)('%s', async (_, role) => {
    const { items } = await house.get<{ items: { id: string; name: string }[] }>('/customers', role)
    expect(items.map(({ name }) => name)).toEqual(['Contoso', 'Fabrikam'])
    const base = await contoso()
    const posture = await house.get<Posture>(`${base}/posture`, role)
    const licences = await house.get<Licences>(`${base}/licences`, role)
    expect(Math.min(posture.mfa.of, licences.items.length)).toBeGreaterThan(2)
    for (const path of [`${base}/posture`, `${base}/licences`, `${base}/licences/holders`, `${base}/accounts`, '/security']) {
      expect(await house.get(path, role), path).toEqual(await house.get(path, 'Admin'))
    }
  })

  it.each([
    ['mail and meetings of a customer, admin: all', 'Admin'],
    ['mail and meetings of a customer, member: where an own address takes part, and in the own mailbox', 'Member'],
    ['mail and meetings of a customer, viewer: where an own address takes part, and in the own mailbox', 'Viewer'],
  ] as const)('%s', async (_, role) => {
    for (const collection of ['messages', 'meetings'] as const) {
      const expected = await visible(role, collection)
      const found = (await shown(role, collection)).map(({ key }) => key)
      expect(found.length, collection).toBeGreaterThan(3)
      expect(found.toSorted(), collection).toEqual([...expected].sort())
      if (role !== 'Admin') expect(found.length, collection).toBeLessThan((await visible('Admin', collection)).size)
    }
    expect((await messagesOf('Contoso', role)).filter(({ subject }) => subject === 'to a group')).toHaveLength(role === 'Admin' ? 2 : 1)
  })

  it.each([
    ['open a message or a meeting, admin: all, audited', 'Admin'],
    ['open a message or a meeting, member: those that they see, audited', 'Member'],
    ['open a message or a meeting, viewer: those that they see, audited', 'Viewer'],
  ] as const)('%s', async (_, role) => {
    for (const collection of ['messages', 'meetings'] as const) {
      const path = (id: string) => (collection === 'messages' ? `/messages/${id}/body` : `/meetings/${id}`)
      const mine = await shown(role, collection)
      const others = (await shown('Admin', collection)).filter((row) => !row.private && !mine.some(({ key }) => key === row.key)).slice(0, 3)
      const before = await count('audit', {})
      for (const { id } of mine.filter((row) => !row.private).slice(0, 3)) {
        expect(await status(role, 'GET', path(id)), path(id)).toBe(200)
        expect((await docs('audit')).at(-1), path(id)).toMatchObject({ target: id, userId: house.personas[role].userId })
      }
      expect(await count('audit', {}), collection).toBe(before + 3)
      expect(others.length, collection).toBe(role === 'Admin' ? 0 : 3)
      for (const { id } of others) expect(await status(role, 'GET', path(id)), path(id)).toBe(404)
      expect(await count('audit', {}), collection).toBe(before + 3)
    }
  })

  it.each([
    ['blind-copy recipients, admin: all', 'Admin'],
    ['blind-copy recipients, member: of copies in the own mailbox', 'Member'],
    ['blind-copy recipients, viewer: of copies in the own mailbox', 'Viewer'],
  ] as const)('%s', async (_, role) => {
    for (const owner of ['Member', 'Viewer'] as const) {
      const row = (await messagesOf('Contoso', role)).find(({ subject }) => subject === `blind copy of ${owner}`)!
      const { bcc } = await house.get<{ bcc: { address: string }[] }>(`/messages/${row.id}/body`, role)
      const expected = role === 'Admin' || role === owner ? [house.personas.Admin.upn] : []
      for (const list of [row.bcc, bcc]) expect(list.map(({ address }) => address), `copy of ${owner}`).toEqual(expected)
    }
  })

  it('Who may not see blind-copy recipients does not learn how many there are.', async () => {
    const { Admin, Member, Viewer } = house.personas
    const strangers = ['a@blind.example', 'b@blind.example', { name: 'A group' }]
    await house.simulator('POST', '/mail', { mailbox: Member.upn, from: kim, to: [Admin.upn, Member.upn, Viewer.upn, 'c@open.example'], bcc: strangers, subject: 'blind strangers' })
    await house.synced()
    const numbers = async (role: 'Admin' | 'Member' | 'Viewer') => (await messagesOf('Contoso', role)).find(({ subject }) => subject === 'blind strangers')!.others
    expect([await numbers('Admin'), await numbers('Member'), await numbers('Viewer')]).toEqual([4, 4, 1])
  })

  it.each([
    ['sync now, admin: yes', 'Admin', 202],
    ['sync now, member: yes', 'Member', 202],
    ['sync now, viewer: no', 'Viewer', 403],
  ] as const)('%s', async (_, role, expected) => {
    const wishes = async () => (await docs('units', { stream: 'organization', tenantId: own }))[0]!.wishes as number
    const before = await wishes()
    expect(await status(role, 'POST', `/tenants/${own}/sync`)).toBe(expected)
    expect(await wishes()).toBe(before + (expected === 202 ? 1 : 0))
  })

  it.each([
    ['connect tenants, change customers, read the audit log, admin: yes', 'Admin', true],
    ['connect tenants, change customers, read the audit log, member: no', 'Member', false],
    ['connect tenants, change customers, read the audit log, viewer: no', 'Viewer', false],
  ] as const)('%s', async (_, role, may) => {
    const name = `Adventure Works ${role}`
    const answers = [
      await status(role, 'GET', '/audit'), await status(role, 'GET', '/audit.csv'), await status(role, 'GET', '/tenants'),
      await status(role, 'POST', '/customers', { name }), await status(role, 'PATCH', await contoso(), { aliases: ['Contoso Ltd', role] }),
      await status(role, 'POST', '/tenants', {}), await status(role, 'PATCH', `/tenants/${own}`, { mailboxes: '' }),
      await status(role, 'DELETE', '/tenants/00000000-0000-4000-8000-000000000000'),
    ]
    expect(answers).toEqual(may ? [200, 200, 200, 201, 200, 400, 400, 404] : answers.map(() => 403))
    expect(await count('customers', { name })).toBe(may ? 1 : 0)
    expect((await house.customer('Contoso')).aliases.includes(role)).toBe(may)
  })

  it.each([
    ['say what a channel is for, admin: yes, audited', 'Admin', true],
    ['say what a channel is for, member: no', 'Member', false],
    ['say what a channel is for, viewer: no', 'Viewer', false],
  ] as const)('%s', async (_, role, may) => {
    await house.channelFor('nothing')
    const { items: [channel] } = await house.get<ChannelList>('/channels')
    const before = await count('audit', { action: 'channel.role' })
    const customerId = (await house.customer('Contoso')).id
    expect(await status(role, 'PATCH', `/channels/${channel!.id}`, { role: { kind: 'customer', customerId } })).toBe(may ? 200 : 403)
    expect(await status(role, 'GET', '/channels')).toBe(may ? 200 : 403)
    expect((await docs('installations', { scope: 'channel' }))[0]!.role).toEqual(may ? { kind: 'customer', customerId } : null)
    expect(await count('audit', { action: 'channel.role' })).toBe(before + (may ? 1 : 0))
    if (may) expect((await docs('audit')).at(-1)).toMatchObject({ target: channel!.id, customerId, userId: house.personas.Admin.userId, detail: 'customer' })
    const { activities } = await house.simulator<{ activities: object[] }>('POST', '/chat', { from: house.personas[role].upn, text: 'yes, this channel is for nothing', where: 'channel' })
    expect(JSON.stringify(activities)).toContain(may ? 'This channel is for nothing yet' : 'Only an administrator')
  })

  it('Without a role a person sees nothing but the bot’s help.', async () => {
    const description = (await (await fetch(`${house.origin}/api/v1/openapi.json`)).json()) as { paths: Record<string, { get?: object }> }
    const paths = Object.entries(description.paths).flatMap(([path, { get }]) => (get === undefined ? [] : [path.replace('{id}', 'any')]))
    expect(paths.length).toBeGreaterThan(10)
    for (const path of paths) expect(await house.as('none', 'GET', path), path).toMatchObject({ status: 403, body: { error: { code: 'noRole' } } })
    for (const question of ['mfa Contoso', 'last email from Contoso', 'meetings today', 'posture', 'sync status', 'canary']) {
      const answer = await ask('none', question)
      expect(answer, question).toContain('You have no role in Outpost')
      expect(answer, question).not.toContain('Contoso')
    }
    expect(await ask('none', 'help')).toContain('Ask me like this')
  })
})
