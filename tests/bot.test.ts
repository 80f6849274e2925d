// The bot as people meet it: in a personal chat, and mentioned in a channel.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openHouse, type House, type RoleName } from './house.fixture.ts'

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
      const newest = (await house.communications('Contoso', role)).find((row) => row.direction === 'in')!
      const answer = await ask(role, 'last email from Contoso')
      expect(answer).toHaveLength(1)
      if (newest.private) expect(textOf(answer)).toMatch(/private/i)
      else expect(textOf(answer)).toContain(newest.subject!.trim())
    }
  })

  it('shows a new mail once it has been read', async () => {
    await house.simulator('POST', '/mail', { mailbox: house.personas.Member.upn, from: { name: 'Kim Kettle', address: 'kim.kettle@contoso.com' }, to: [house.personas.Member.upn], subject: 'Only for Mika' })
    await house.synced()
    expect(textOf(await ask('Member', 'last email from Contoso'))).toContain('Only for Mika')
    expect(textOf(await ask('Admin', 'last email from Contoso'))).toContain('Only for Mika')
    expect(textOf(await ask('Viewer', 'last email from Contoso'))).not.toContain('Only for Mika')
  })

  it('mfa Contoso: the numbers of the hub', async () => {
    const { id } = await house.customer('Contoso')
    const { mfa, privilegedMfa } = await house.get<{ mfa: Numbers; privilegedMfa: Numbers }>(`/customers/${id}/posture`)
    const text = textOf(await ask('Viewer', 'mfa Contoso'))
    expect(text).toContain(`${mfa.capable} of ${mfa.of}`)
    expect(text).toContain(`${privilegedMfa.capable} of ${privilegedMfa.of}`)
    expect(text).toMatch(/not enforcement|enforce/i)
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

  it('when the roles were last read more than ten minutes ago, nobody is answered', async () => {
    const units = house.db.collection<{ _id: string; lastSuccessAt: Date }>('units')
    const unit = (await units.findOne({ stream: 'appRoles' }))!
    await units.updateOne({ _id: unit._id }, { $set: { lastSuccessAt: new Date(Date.now() - 11 * 60_000) } })
    expect(textOf(await ask('Admin', 'mfa Contoso'))).toContain('who may use it')
    await units.updateOne({ _id: unit._id }, { $set: { lastSuccessAt: unit.lastSuccessAt } })
  })
})

describe('mentioned in a channel', () => {
  it('mail: nothing about it appears there; the answer is written privately to the person who asked', async () => {
    const answer = await ask('Member', 'last email from Contoso', 'channel')
    const [inChannel, privately] = [answer.filter(({ where }) => where === 'channel'), answer.filter(({ where }) => where === 'personal')]
    expect(inChannel).toHaveLength(1)
    expect(privately).toHaveLength(1)
    expect(textOf(privately)).toContain('Only for Mika')
    expect(privately[0]!.to).toBe(house.personas.Member.upn)
    const newest = (await house.communications('Contoso', 'Member')).find((row) => row.direction === 'in')
    expect(textOf(inChannel)).not.toContain('Only for Mika')
    expect(textOf(inChannel)).not.toContain('kettle')
    expect(textOf(inChannel)).not.toContain(newest!.at.slice(11, 16))
    expect(textOf(inChannel)).toMatch(/private/i)
  })

  it('mfa: counts, and no name of an account', async () => {
    const { id } = await house.customer('Contoso')
    const { privilegedAccounts } = await house.get<{ privilegedAccounts: { displayName: string; userPrincipalName: string }[] }>(`/customers/${id}/posture`)
    const text = textOf(await ask('Viewer', 'mfa Contoso', 'channel'))
    expect(text).toMatch(/\d+ of \d+/)
    for (const account of privilegedAccounts) {
      if (account.userPrincipalName !== '') expect(text).not.toContain(account.userPrincipalName)
      expect(text).not.toContain(account.displayName)
    }
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
      else expect(text).toContain(next.private ? 'Private' : next.subject!.trim())
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

  it('in a channel neither meetings nor names of accounts appear', async () => {
    const subjects = (await titles('Admin')).flatMap((row) => (row.subject === null || row.subject.trim().length < 6 ? [] : [row.subject.trim()]))
    const { id } = await house.customer('Contoso')
    const { privilegedAccounts } = await house.get<{ privilegedAccounts: { displayName: string }[] }>(`/customers/${id}/posture`)
    for (const question of ['next meeting with Contoso', 'meetings with Contoso', 'who has no mfa at Contoso', 'admins at Contoso']) {
      const inChannel = textOf((await ask('Admin', question, 'channel')).filter(({ where }) => where === 'channel'))
      for (const word of [...subjects, ...privilegedAccounts.map(({ displayName }) => displayName)]) expect(inChannel).not.toContain(word)
    }
  })

  it('sync status says how fresh each stream is', async () => {
    expect(textOf(await ask('Admin', 'sync status'))).toMatch(/Proseware/)
  })
})

it('an activity that is delivered twice is answered once', async () => {
  const { tenantId, userId, upn } = house.personas.Admin
  const before = (await house.simulator<{ activities: unknown[] }>('GET', `/chats/${upn}`)).activities.length
  const activity = {
    type: 'message', id: 'delivered-twice', text: 'help', from: { id: `29:${userId}`, aadObjectId: userId }, conversation: { id: `a:${userId}`, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } }, channelId: 'msteams', serviceUrl: `${house.origin}/`, recipient: { id: `28:${house.environment().OUTPOST_BOT_ID}` },
  }
  const stored = () => house.db.collection('activities').countDocuments()
  const known = await stored()
  for (let turn = 0; turn < 2; turn++) expect((await house.simulator<{ status: number }>('POST', '/activities', { activity })).status).toBeLessThan(300)
  expect(await stored()).toBe(known + 1)
  expect((await house.simulator<{ activities: unknown[] }>('GET', `/chats/${upn}`)).activities.length).toBeLessThanOrEqual(before + 2)
})

interface Numbers {
  capable: number
  of: number
}
