// The bot mentioned in a channel: what everybody there may read, and what only the person who asks.
import { beforeAll, describe, expect, it } from 'vitest'
import type { AuditList } from '../../api/access/auditModel.ts'
import type { ChannelList } from '../../api/channels/model.ts'
import type { AccountList } from '../../api/posture/model.ts'
import type { RoleName } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'
import { ask, house, textOf, useChat, type Activity } from './chat.fixture.ts'

useChat()

describe('mentioned in a channel', () => {
  beforeAll(async () => {
    const { upn } = house.personas.Member
    await house.simulator('POST', '/mail', { mailbox: upn, from: { name: 'Kim Kettle', address: 'kim.kettle@contoso.com' }, to: [upn], subject: 'Only for Mika' })
    await house.synced('mail')
  })

  const split = (answer: Activity[]) => {
    const at = (place: Activity['where']) => answer.filter(({ where }) => where === place)
    return [at('channel'), at('personal')] as const
  }

  it('Asked in a channel about mail or meetings, the bot answers privately, and nothing of it appears there.', async () => {
    for (const purpose of ['nothing', 'alerts', { customer: 'Contoso' }] as const) {
      await house.channelFor(purpose)
      const answer = await ask('Member', 'last email from Contoso', 'channel')
      const [inChannel, privately] = split(answer)
      expect(inChannel).toHaveLength(1)
      expect(privately).toHaveLength(1)
      expect(textOf(privately)).toContain('Only for Mika')
      expect(privately[0]!.to).toBe(house.personas.Member.upn)
      const newest = (await house.mailWith('Contoso', 'Member')).find((row) => row.direction === 'in')
      expect(textOf(inChannel)).not.toContain('Only for Mika')
      expect(textOf(inChannel)).not.toContain('kettle')
      expect(textOf(inChannel)).not.toContain(newest!.at.slice(11, 16))
      expect(textOf(inChannel)).toMatch(/private/i)
    }
    const { id } = await house.customer('Contoso')
    const { items } = await house.get<{ items: { subject: string | null }[] }>(`/customers/${id}/meetings`)
    const subjects = items.map(({ subject }) => subject?.trim() ?? '').filter((subject) => subject.length > 5)
    for (const question of ['next meeting with Contoso', 'meetings with Contoso', 'meetings today']) {
      const [there, here] = split(await ask('Admin', question, 'channel'))
      expect(textOf(here)).toMatch(/meeting/i)
      expect(textOf(there)).toMatch(/privately/)
      for (const subject of subjects) expect(textOf(there)).not.toContain(subject)
    }
  })

  const counts = ['mfa Contoso', 'who has no mfa at Contoso', 'posture of Contoso', 'licences Contoso']
  const accountNames = async () => {
    const { id } = await house.customer('Contoso')
    const { privilegedAccounts } = await house.get<{ privilegedAccounts: AccountList['items'] }>(`/customers/${id}/posture`)
    const { items } = await house.get<AccountList>(`/customers/${id}/accounts?limit=100`)
    return [...privilegedAccounts, ...items].flatMap(({ displayName, userPrincipalName }) => [displayName, userPrincipalName]).filter((name) => name !== '')
  }
  /** Everything that the bot wrote in the channel because of these questions, buttons and what they carry too. */
  const readThere = async (questions: readonly string[], role: RoleName = 'Viewer') => {
    const read: string[] = []
    for (const question of questions) {
      const [there, here] = split(await ask(role, question, 'channel'))
      expect(there).toHaveLength(1)
      read.push(textOf(there))
      expect([question, here.length]).toEqual([question, textOf(there).includes('privately') ? 1 : 0])
    }
    return read
  }

  it('Posture and licences of a customer appear, as counts and without names of accounts, in the channel of that customer and in the channel for our team’s alerts.', async () => {
    const names = await accountNames()
    for (const purpose of [{ customer: 'Contoso' }, 'alerts'] as const) {
      await house.channelFor(purpose)
      for (const text of await readThere(counts)) {
        expect(text).toMatch(/\d+ of \d+/)
        for (const name of names) expect(text).not.toContain(name)
      }
      expect((await readThere(['admins at Contoso']))[0]).toMatch(/privately/)
    }
  })

  it('In a channel of one customer a question that names none is about that one.', async () => {
    await house.channelFor({ customer: 'Contoso' })
    for (const text of await readThere(['mfa', 'posture', 'licences', 'who has no mfa', 'sync status'])) expect(text).toContain('Contoso')
  })

  it('Whatever is about other customers, or about several, is answered in the asking person’s own chat; the channel reads the same for a customer that does not exist.', async () => {
    const others = ['mfa Fabrikam', 'posture of Fabrikam', 'licences Tailspin Toys', 'mfa Litware', 'Fabrikam', 'Litware', 'mfa fabricam', 'mfa for all customers', 'who has no mfa anywhere', 'sync status of all customers', 'meetings today', 'what is the weather']
    for (const purpose of [{ customer: 'Contoso' }, 'nothing', 'alerts'] as const) {
      await house.channelFor(purpose)
      const questions = purpose === 'nothing' ? [...others, ...counts, 'mfa', 'posture', 'sync status'] : purpose === 'alerts' ? ['mfa Litware', 'Fabrikam', 'mfa', 'posture', 'sync status', 'last email'] : others
      const read = new Set(await readThere(questions))
      expect(read.size).toBe(1)
      expect([...read][0]).not.toMatch(/Contoso|Fabrikam|Tailspin|Litware|Proseware/)
    }
  })

  it('Where the bot cannot write to a person, one sentence with the link that adds it stands in the channel.', async () => {
    await house.channelFor('nothing')
    await house.simulator('POST', '/faults', { match: 'POST /v3/conversations$', status: 403, code: 'ForbiddenOperationException', message: 'Bot is not installed in user’s personal scope', times: 1 })
    const [there, here] = split(await ask('Viewer', 'mfa Contoso', 'channel'))
    expect(here).toEqual([])
    expect(textOf(there)).toContain('https://teams.microsoft.com/l/app/')
    expect(textOf(there)).not.toContain('Contoso')
  })

  it('A channel gets its purpose from an administrator alone, asked in the channel too; until then no card is posted there and no customer is named.', async () => {
    await house.channelFor('nothing')
    const roleNow = async () => (await house.get<ChannelList>('/channels')).items[0]!.role
    const before = (await house.simulator<{ cards: unknown[] }>('GET', '/channel')).cards.length
    for (const role of ['Member', 'Viewer'] as const) {
      for (const text of ['this channel is for our alerts', 'yes, this channel is for Contoso']) expect(textOf(await ask(role, text, 'channel'))).toContain('Only an administrator')
    }
    const asked = textOf(await ask('Admin', 'this channel is for Contoso', 'channel'))
    expect(asked).toContain('Shall this channel be for the customer that you named?')
    expect(asked).not.toContain('Contoso')
    expect(await roleNow()).toBeNull()
    const yes = /"messageBack","text":"([^"]+)"/.exec(asked)![1]!
    expect(textOf(await ask('Viewer', yes, 'channel'))).toContain('Only an administrator')
    expect(textOf(await ask('Admin', yes, 'channel'))).toContain('This channel is for Contoso')
    expect(await roleNow()).toEqual({ kind: 'customer', customerId: (await house.customer('Contoso')).id })
    const newest = (await house.get<AuditList>('/audit')).items.find(({ action }) => action === 'channel.role')
    expect(newest).toMatchObject({ userId: house.personas.Admin.userId, detail: 'For one customer', customerId: (await house.customer('Contoso')).id })
    expect(before).toBeGreaterThan(0)
  })

  it('Our team’s alerts are refused where guests are members of the team, as far as Teams tells; otherwise the administrator has to confirm.', async () => {
    await house.channelFor('nothing')
    const { items: [channel] } = await house.get<ChannelList>('/channels')
    const put = (body: object) => house.as('Admin', 'PATCH', `/channels/${channel!.id}`, body)
    await house.simulator('POST', '/channel', { action: 'addGuest' })
    for (const confirmed of [false, true]) expect(await put({ role: { kind: 'alerts' }, confirmed })).toMatchObject({ status: 409, body: { error: { code: 'outsidersRead' } } })
    expect(textOf(await ask('Admin', 'yes, this channel is for our alerts', 'channel'))).toContain('Guests or people of another organisation')
    expect((await put({ role: { kind: 'customer', customerId: (await house.customer('Contoso')).id } })).status).toBe(200)
    await house.simulator('POST', '/channel', { action: 'removeGuest' })
    await house.simulator('POST', '/faults', { match: 'GET /v3/.*pagedmembers', status: 403, code: 'ServiceError', message: 'Unknown' })
    expect(await put({ role: { kind: 'alerts' } })).toMatchObject({ status: 409, body: { error: { code: 'readersUnknown' } } })
    expect(textOf(await ask('Admin', 'yes, this channel is for our alerts', 'channel'))).toContain('Please check who reads here')
    expect(await put({ role: { kind: 'alerts' }, confirmed: true })).toMatchObject({ status: 200, body: { role: { kind: 'alerts' }, problems: [expect.stringContaining('could not read who is a member')] } })
    await house.simulator('DELETE', '/faults')
  })

  it('When a guest joins, the bot says so and takes its alerts back until the guest has left.', async () => {
    await house.channelFor('alerts')
    const summaries = async () => (await house.simulator<{ activities: Activity[] }>('GET', '/channel')).activities.map(({ summary, text }) => summary ?? text ?? '')
    const open = async () => (await summaries()).filter((summary) => / at (Contoso|Fabrikam) (is|are) not MFA capable/.test(summary))
    await until('the cards are there', async () => (await open()).length === 2)
    await house.simulator('POST', '/channel', { action: 'addGuest' })
    await until('it says so', async () => (await summaries()).some((text) => text.includes('no longer posted here')))
    await until('the cards are taken back', async () => (await open()).length === 0)
    expect((await house.get<ChannelList>('/channels')).items[0]!.problems).toEqual([expect.stringContaining('Guests or people of another organisation read here')])
    await house.simulator('POST', '/channel', { action: 'removeGuest' })
    await until('the cards are back', async () => (await open()).length === 2)
    expect(await summaries()).toContain('Only people of our organisation read here again, so our team’s alerts are back.')
  })
})
