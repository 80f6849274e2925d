// docs/permissions.md, sentence by sentence and cell by cell: what it lets go, and what is audited. A title is what the page says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditActionSchema, type AuditList } from '../../api/access/auditModel.ts'
import type { MeetingList } from '../../api/calendar/model.ts'
import type { TenantList } from '../../api/connections/model.ts'
import type { MessageRow } from '../../api/mail/model.ts'
import { truthOf } from '../house/truth.fixture.ts'
import { until } from '../house/until.fixture.ts'
import { every } from './kept.fixture.ts'
import {
  ask, count, docs, everythingStored, fieldsOf, house, idOf, kim, leaving, meetingsOf, messagesOf, own, places, plant, requests, roles,
  tenantNamed, truth, unlisted, type Doc,
} from './planted.fixture.ts'

beforeAll(plant)
afterAll(() => house?.close())

describe('What it keeps', () => {
  it('Opening a message or a meeting is audited, then fetched, and nothing of it is kept.', async () => {
    const opened = [
      ['message.open', `/messages/${idOf('a long one', await messagesOf())}/body`, /\/messages\/(?!delta)/, 'canarybody'],
      ['meeting.open', `/meetings/${idOf('with details', await meetingsOf())}`, /\/events\//, 'canaryplace'],
    ] as const
    for (const [action, path, fetched, text] of opened) {
      expect(JSON.stringify(await house.get(path))).toContain(text)
      const [newest] = (await house.get<AuditList>('/audit')).items
      expect(newest).toMatchObject({ action, userId: house.personas.Admin.userId, target: path.split('/')[2] })
      // A unique index that every further row breaks stands for an audit log that cannot be written.
      await house.db.collection('audit').createIndex({ tenantId: 1 }, { name: 'broken', unique: true, partialFilterExpression: { action } })
      await house.simulator('DELETE', '/requests')
      expect((await house.as('Admin', 'GET', path)).status).toBe(500)
      expect((await requests()).filter((one) => fetched.test(one.path))).toEqual([])
      await house.db.collection('audit').dropIndex('broken')
      await house.get(path)
      expect((await requests()).filter((one) => fetched.test(one.path)).length).toBeGreaterThan(0)
    }
    expect(await everythingStored()).not.toContain('canary')
  })

  it('What is private or confidential shows its time and “private”, and does not open.', async () => {
    for (const role of roles) {
      const mail = (await messagesOf('Contoso', role)).filter((row) => row.private)
      const agenda = (await meetingsOf(role)).filter((row) => row.private)
      expect(Math.min(mail.length, agenda.length)).toBeGreaterThan(0)
      for (const { id, at, ...row } of mail) {
        expect(at).toMatch(/^\d{4}-/)
        expect(row).toEqual({
          private: true, direction: null, subject: null, preview: null, from: null, sender: null, to: [], cc: [], bcc: [], others: 0, hasAttachments: false,
        } satisfies Omit<MessageRow, 'id' | 'at'>)
        expect(await house.as(role, 'GET', `/messages/${id}/body`)).toMatchObject({ status: 403, body: { error: { code: 'privateItem' } } })
      }
      for (const { id, start, end, allDay, ...row } of agenda) {
        expect([start, end, allDay]).toEqual([expect.stringMatching(/^\d{4}-/), expect.stringMatching(/^\d{4}-/), expect.any(Boolean)])
        expect(row).toEqual({
          private: true, subject: null, organizer: null, attendees: [], others: 0, cancelled: false, series: false, online: false,
        } satisfies Omit<MeetingList['items'][number], 'id' | 'start' | 'end' | 'allDay'>)
        expect(await house.as(role, 'GET', `/meetings/${id}`)).toMatchObject({ status: 403, body: { error: { code: 'privateItem' } } })
      }
    }
    await house.simulator('POST', '/mail', { mailbox: house.personas.Admin.upn, from: kim, subject: 'canarysubject', sensitivity: 'private' })
    await house.synced()
    for (const question of ['last email with Contoso', 'last email from Contoso', 'emails with Contoso', 'meetings with Contoso']) {
      const answer = await ask('Admin', question)
      expect(answer).toMatch(/ · private"/i)
      expect(answer).not.toContain('canary')
    }
  })

  it('What is deleted in the mailbox, or moved to Drafts, Junk Email, Deleted Items or Outbox, goes with the next round.', async () => {
    const here = async () => (await messagesOf()).flatMap(({ subject }) => (subject?.startsWith('on its way') ? [subject] : []))
    expect((await here()).length).toBe(places.length)
    for (const [folder, id] of leaving) {
      if (folder === null) await house.simulator('DELETE', `/mail/${encodeURIComponent(id)}`)
      else await house.simulator('POST', `/mail/${encodeURIComponent(id)}/move`, { folder })
    }
    await house.synced()
    expect(await here()).toEqual([])
    expect(await count('messages', { immutableId: { $in: [...leaving.values()] } })).toBe(0)
  })

  it('Mail in those four folders is never read.', async () => {
    const mailboxes = (await truthOf(house)).tenants.flatMap((tenant) => tenant.mailboxes)
    const folders = mailboxes.filter(({ upn }) => upn !== unlisted).flatMap((one) => one.folders)
    const four = folders.filter(({ under }) => places.includes(under) && under !== null).map(({ id }) => id)
    expect(four.length).toBeGreaterThan(3 * 4)
    await house.simulator('DELETE', '/requests')
    await house.simulator('POST', '/faults', { expireDeltaTokens: true })
    await house.synced()
    const read = (await requests()).flatMap(({ path }) => /mailFolders[/(]'?([^/')]+)'?\)?\/messages/i.exec(decodeURIComponent(path))?.[1] ?? [])
    expect(new Set(read)).toEqual(new Set(folders.map(({ id }) => id).filter((id) => !four.includes(id))))
  })

  it('Removing a domain or archiving a customer hides its mail and meetings at once, and deletes them.', async () => {
    const fabrikam = await house.customer('Fabrikam')
    const tailspin = await house.customer('Tailspin Toys')
    const gone = { customerId: fabrikam.id, domains: 'fabrikam.com' }
    for (const collection of ['messages', 'meetings']) {
      expect(await count(collection, gone)).toBeGreaterThan(0)
      expect(await count(collection, { customerId: tailspin.id })).toBeGreaterThan(0)
    }
    // Rounds that began before are under way, and slow: what they read by the old domains must not come back with them.
    await house.simulator('POST', '/faults', { match: '/(messages/delta|calendarView)', delayMs: 700, times: 24 })
    await house.as('Admin', 'PATCH', `/customers/${fabrikam.id}`, { domains: [...fabrikam.domains, 'wingtip.example'] })
    const running = { stream: { $in: ['mail', 'calendar'] }, leaseOwner: { $ne: null } }
    await until('rounds are under way', async () => (await count('units', running)) >= 2)
    await house.as('Admin', 'PATCH', `/customers/${fabrikam.id}`, { domains: fabrikam.domains.filter((domain) => domain !== 'fabrikam.com') })
    await house.as('Admin', 'PATCH', `/customers/${tailspin.id}`, { archived: true })
    const archived = { customerId: tailspin.id }
    const left = async () => [
      await count('messages', gone), await count('meetings', gone), await count('messages', archived), await count('meetings', archived),
    ]
    expect((await house.get<{ items: unknown[] }>(`/customers/${tailspin.id}/messages`)).items).toEqual([])
    await until('they are deleted', async () => (await left()).every((count) => count === 0))
    let most = 0
    for (const end = Date.now() + 2_500; Date.now() < end; ) most = Math.max(most, ...(await left()))
    expect(most).toBe(0)
    expect(await count('messages', { customerId: (await house.customer('Contoso')).id })).toBeGreaterThan(0)
  })

  describe('after every action that is audited', () => {
    let rows: Doc[]
    beforeAll(async () => {
      await house.simulator('DELETE', '/faults')
      const admin = (method: string, path: string, body?: object) => house.as('Admin', method, path, body)
      const { mailboxes } = (await house.get<TenantList>('/tenants')).items.find(({ id }) => id === own)!
      await admin('PATCH', `/tenants/${own}`, { mailboxes: [...mailboxes, unlisted] })
      await house.synced()
      await admin('PATCH', `/tenants/${own}`, { mailboxes })
      const { id } = await house.customer('Fabrikam')
      await admin('PATCH', `/customers/${id}`, { name: 'Fabrikam', aliases: ['Canary'], domains: ['fabrikam.com', 'wingtip.example'] })
      await admin('GET', '/security.csv')
      await admin('GET', '/audit.csv')
      await house.channelFor({ customer: 'Fabrikam' })
      await admin('DELETE', `/tenants/${tenantNamed('Tailspin Toys').tenantId}`)
      rows = await docs('audit')
      expect(new Set(rows.map(({ action }) => action))).toEqual(new Set(auditActionSchema.options))
    })

    it('an audit row, kept: who (id), when, what, which id or domain, which fields, how many, what a channel is for', () => {
      expect(fieldsOf(rows)).toEqual(['_id', 'action', 'at', 'customerId', 'detail', 'target', 'tenantId', 'userId'])
      for (const { at, userId, target, detail } of rows) {
        expect(at).toBeInstanceOf(Date)
        expect(userId).toBe(house.personas.Admin.userId)
        expect(target).toMatch(/^([\w-]{24,36}|([a-z0-9-]+\.)+[a-z0-9-]+|security|audit)$/)
        expect(detail ?? '').toMatch(/^(|\d+ mailboxes|nothing|customer|alerts|(name|aliases|archived|domains|mailboxes|([a-z0-9-]+\.)+[a-z0-9-]+)( (?!$)|$))+$/)
      }
    })

    it('an audit row, not kept: names, subjects, addresses', async () => {
      const text = JSON.stringify(rows)
      const names = [...truth.tenants.flatMap(({ name, users }) => [name, ...users.map(({ displayName }) => displayName)]), 'Canary']
      const subjects = every().map(({ subject }) => subject)
      expect([...names, ...subjects].filter((word) => word.trim().length > 3 && text.includes(word))).toEqual([])
      expect(text).not.toContain('@')
      expect((await house.get<AuditList>('/audit')).items[0]!.userName).toBe(house.personas.Admin.name)
    })
  })

  it('The log holds ids, codes, numbers and times.', async () => {
    await house.as('Admin', 'GET', '/customers/canary')
    await house.as('none', 'GET', '/customers')
    const lines = house.printed().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>)
    const events = new Set(lines.map(({ event }) => event))
    for (const event of ['sync.done', 'sync.failed', 'http', 'http.failed', 'bot.answered']) expect(events).toContain(event)
    for (const value of lines.flatMap((line) => Object.values(line))) {
      if (typeof value === 'string') expect(value).toMatch(/^[\w.:|/()-]{1,200}$/)
      else expect(['number', 'boolean']).toContain(typeof value)
    }
    const names = truth.tenants.flatMap(({ users }) => users.map(({ displayName }) => displayName))
    expect([...names, 'canary'].filter((word) => house.printed().includes(word))).toEqual([])
  })
})
