// The bot as people meet it: in a personal chat, and mentioned in a channel.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditList } from '../../api/model/audit.ts'
import type { ChannelList } from '../../api/model/channel.ts'
import type { AccountList } from '../../api/model/posture.ts'
import { openHouse, type House, type RoleName } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

interface Activity {
  type: string
  where: 'personal' | 'channel'
  to?: string
  text?: string
  summary?: string
  attachments?: { contentType: string; content: unknown }[]
}
let house: House
beforeAll(async () => {
  house = await openHouse()
  await house.simulator('POST', '/channel', { action: 'add' })
})
afterAll(() => house.close())

const ask = async (role: RoleName, text: string, where: 'personal' | 'channel' = 'personal') => {
  const { status, activities } = await house.simulator<{ status: number; activities: Activity[] }>('POST', '/chat', { from: house.personas[role].upn, text, where })
  expect(status).toBe(200)
  return activities.filter((activity) => activity.type === 'message')
}
const textOf = (activities: Activity[]) => JSON.stringify(activities.map(({ text, summary, attachments }) => ({ text, summary, attachments })))

describe('in a personal chat', () => {
  it('last email from Contoso: the newest mail from there that the person may see', async () => {
    for (const role of ['Admin', 'Member', 'Viewer'] as const) {
      // Mail of a stranger to Contoso's people and ours is received, too, but not from there.
      const newest = (await house.communications('Contoso', role)).find((row) => row.from?.side === 'customer' && /@(?:[\w-]+\.)*contoso\./i.test(row.from.address))!
      const answer = await ask(role, 'last email from Contoso')
      expect(answer).toHaveLength(1)
      expect(textOf(answer)).toContain(newest.subject!.trim())
    }
  })

  it('shows a new mail once it has been read', async () => {
    await house.simulator('POST', '/mail', { mailbox: house.personas.Member.upn, from: { name: 'Kim Kettle', address: 'kim.kettle@contoso.com' }, to: [house.personas.Member.upn], subject: 'Only for Mika' })
    await house.synced('mail')
    expect(textOf(await ask('Member', 'last email from Contoso'))).toContain('Only for Mika')
    expect(textOf(await ask('Admin', 'last email from Contoso'))).toContain('Only for Mika')
    expect(textOf(await ask('Viewer', 'last email from Contoso'))).not.toContain('Only for Mika')
  })

  it('mail of a stranger that copies Contoso in is not from Contoso', async () => {
    const { upn } = house.personas.Member
    const stranger = { name: 'Kim Kettle', address: 'kim.kettle@contoso.com.evil.example' }
    await house.simulator('POST', '/mail', { mailbox: upn, from: stranger, to: [upn], cc: [{ name: 'Kim Kettle', address: 'kim.kettle@contoso.com' }], subject: 'Pay this today' })
    await house.synced('mail')
    const last = textOf(await ask('Member', 'last email from Contoso'))
    expect(last).toMatch(/From: [^"]*@contoso\.com>.*Only for Mika.*A newer one, received: .*Pay this today/)
    for (const question of ['emails from Contoso', 'who emailed last at Contoso']) expect(textOf(await ask('Member', question))).not.toMatch(/evil|Pay this today/)
  })

  it('mfa Contoso: the numbers of the hub', async () => {
    const { id } = await house.customer('Contoso')
    const { mfa, privilegedMfa } = await house.get<{ mfa: Numbers; privilegedMfa: Numbers }>(`/customers/${id}/posture`)
    const text = textOf(await ask('Viewer', 'mfa Contoso'))
    expect(text).toContain(`${mfa.capable} of ${mfa.of}`)
    expect(text).toContain(`${privilegedMfa.capable} of ${privilegedMfa.of}`)
    expect(text).toMatch(/not enforcement|enforce/i)
  })

  it('who has no mfa at Contoso: the first ten of them by name, privileged ones marked, the others and the unknown ones counted', async () => {
    const { id } = await house.customer('Contoso')
    const { items, of } = await house.get<AccountList>(`/customers/${id}/accounts?mfa=no`)
    const unknown = (await house.get<AccountList>(`/customers/${id}/accounts?mfa=unknown`)).of
    const text = textOf(await ask('Viewer', 'who has no mfa at Contoso'))
    const names = items.slice(0, 10).map(({ displayName, privileged }) => `${displayName}${privileged === true ? ' (privileged)' : ''}`)
    expect(names.some((name) => name.endsWith('(privileged)'))).toBe(true)
    expect(text).toContain(`Not MFA capable (${of}): ${names.join(', ')}${of > 10 ? ` and ${of - 10} more in Outpost` : ''}`)
    expect(text).toContain(`, ${unknown} unknown`)
    for (const { displayName } of items.slice(10)) expect(text).not.toContain(displayName)
  })

  it.each(['help', 'Help', 'HELLO', 'hi', 'Hello Outpost!'])('%s is answered, even to somebody without a role', async (text) => {
    for (const role of ['Admin', 'none'] as const) expect(textOf(await ask(role, text))).toMatch(/last email/i)
  })

  it.each([['last mail from contso', /Did you mean \*{0,2}Contoso/], ['mfa fabricam', /Did you mean \*{0,2}Fabrikam/]])('%s asks back', async (text, expected) => {
    expect(textOf(await ask('Admin', text))).toMatch(expected)
  })

  it.each(['last email from Wingtip', 'what is the weather', 'äöü 🙂', 'x'.repeat(5000)])('%s gets a way on, not an error', async (text) => {
    const answer = await ask('Admin', text)
    expect(answer.length).toBeGreaterThan(0)
    expect(textOf(answer)).not.toMatch(/went wrong|error/i)
    expect(textOf(answer)).toMatch(/help|last email/i)
  })

  it('somebody without a role is told the way on, and nothing else', async () => {
    expect(textOf(await ask('none', 'last email from Contoso'))).toContain('You have no role in Outpost')
    expect(textOf(await ask('none', 'mfa Contoso'))).not.toMatch(/\d+ of \d+/)
  })

  it('In chat, roles are those that sync has read; when that was more than ten minutes ago, nobody is answered but with help.', async () => {
    const holders = house.db.collection<{ _id: string }>('appRoleHolders')
    const [viewer] = await holders.find({ userId: house.personas.Viewer.userId }).toArray()
    await holders.deleteOne({ _id: viewer!._id })
    expect(textOf(await ask('Viewer', 'mfa Contoso'))).toContain('You have no role in Outpost')
    expect((await house.as('Viewer', 'GET', '/me')).status).toBe(200)
    await holders.insertOne(viewer!)
    expect(textOf(await ask('Viewer', 'mfa Contoso'))).toContain('MFA at Contoso')
    const units = house.db.collection<{ _id: string; lastSuccessAt: Date }>('units')
    const unit = (await units.findOne({ stream: 'appRoles' }))!
    await units.updateOne({ _id: unit._id }, { $set: { lastSuccessAt: new Date(Date.now() - 11 * 60_000) } })
    for (const role of ['Admin', 'Member', 'Viewer'] as const) expect(textOf(await ask(role, 'mfa Contoso'))).toContain('who may use it')
    expect(textOf(await ask('Admin', 'help'))).toContain('What I can do')
    await units.updateOne({ _id: unit._id }, { $set: { lastSuccessAt: unit.lastSuccessAt } })
  })
})

describe('mentioned in a channel', () => {
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
      const newest = (await house.communications('Contoso', 'Member')).find((row) => row.direction === 'in')
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
    for (const text of await readThere(['mfa', 'posture', 'licences', 'who has no mfa'])) expect(text).toContain('Contoso')
  })

  it('Whatever is about other customers, or about several, is answered in the asking person’s own chat; the channel reads the same for a customer that does not exist.', async () => {
    const others = ['mfa Fabrikam', 'posture of Fabrikam', 'licences Tailspin Toys', 'mfa Litware', 'Fabrikam', 'Litware', 'mfa fabricam', 'mfa for all customers', 'who has no mfa anywhere', 'sync status', 'meetings today', 'what is the weather']
    for (const purpose of [{ customer: 'Contoso' }, 'nothing', 'alerts'] as const) {
      await house.channelFor(purpose)
      const questions = purpose === 'nothing' ? [...others, ...counts, 'mfa', 'posture'] : purpose === 'alerts' ? ['mfa Litware', 'Fabrikam', 'mfa', 'posture', 'sync status', 'last email'] : others
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
    expect(newest).toMatchObject({ userId: house.personas.Admin.userId, detail: 'customer', customerId: (await house.customer('Contoso')).id })
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

describe('meetings, licences and posture', () => {
  const titles = async (role: RoleName) => {
    const { id } = await house.customer('Contoso')
    const { items } = await house.get<{ items: { subject: string | null; start: string; cancelled: boolean; private: boolean; allDay: boolean }[] }>(`/customers/${id}/meetings`, role)
    return items
  }

  it('next meeting with Contoso: the first that is still to come, for the person who asks', async () => {
    for (const role of ['Admin', 'Viewer'] as const) {
      const text = textOf(await ask(role, 'next meeting with Contoso'))
      const next = (await titles(role)).find((row) => !row.allDay && !row.cancelled && Date.parse(row.start) > Date.now())
      if (next === undefined) expect(text).toMatch(/no|none/i)
      // Characters that turn the direction of a text do not reach a card.
      else expect(text).toContain(next.private ? 'Private' : next.subject!.trim().replaceAll(/[\u202a-\u202e]/g, ''))
    }
  })

  it('meetings with Contoso next week and emails from Contoso this week are lists, and say what was understood', async () => {
    for (const question of ['meetings with Contoso next week', 'emails from Contoso this week']) {
      const answer = await ask('Admin', question)
      expect(answer).toHaveLength(1)
      expect(textOf(answer)).toContain('Contoso')
      expect(textOf(answer)).toMatch(/week/i)
    }
  })

  it('licences Contoso: the seats of the hub', async () => {
    const { id } = await house.customer('Contoso')
    const { items } = await house.get<{ items: { name: string; used: number }[] }>(`/customers/${id}/licences`)
    const text = textOf(await ask('Viewer', 'licences Contoso'))
    expect(items.filter((sku) => text.includes(sku.name)).length).toBeGreaterThan(2)
  })

  it('posture: every customer, worst first', async () => {
    const text = textOf(await ask('Viewer', 'posture'))
    for (const name of ['Contoso', 'Fabrikam', 'Tailspin Toys']) expect(text).toContain(name)
  })

  it('and meetings? follows on from the customer that was asked about', async () => {
    await ask('Viewer', 'mfa Fabrikam')
    const text = textOf(await ask('Viewer', 'and meetings?'))
    expect(text).toContain('Fabrikam')
  })

  it('sync status says how fresh each stream is', async () => {
    expect(textOf(await ask('Admin', 'sync status'))).toMatch(/Proseware/)
  })
})

it('an activity that is delivered twice is answered once', async () => {
  const { upn } = house.personas.Admin
  const said = async () => (await house.simulator<{ activities: unknown[] }>('GET', `/chats/${upn}`)).activities.length
  const before = await said()
  // What is left out here is the first persona's, who is the administrator.
  const activity = { type: 'message', id: 'delivered-twice', text: 'help' }
  for (let turn = 0; turn < 2; turn++) expect((await house.simulator<{ status: number }>('POST', '/activities', { activity })).status).toBe(200)
  expect(await said()).toBe(before + 1)
})

interface Numbers {
  capable: number
  of: number
}
