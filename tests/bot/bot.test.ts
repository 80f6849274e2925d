// The bot as people meet it in a personal chat.
import { describe, expect, it } from 'vitest'
import type { AccountList } from '../../api/posture/model.ts'
import type { RoleName } from '../house/house.fixture.ts'
import { ask, house, textOf, useChat } from './chat.fixture.ts'

useChat()

describe('in a personal chat', () => {
  it('last email from Contoso: the newest mail from there that the person may see', async () => {
    for (const role of ['Admin', 'Member', 'Viewer'] as const) {
      // Mail of a stranger to Contoso's people and ours is received, too, but not from there.
      const newest = (await house.mailWith('Contoso', role)).find((row) => row.from?.side === 'customer' && /@(?:[\w-]+\.)*contoso\./i.test(row.from.address))!
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
    // Microsoft knows only whole seconds: without a time of its own it could be as new as the one before.
    await house.simulator('POST', '/mail', { mailbox: upn, from: stranger, to: [upn], cc: [{ name: 'Kim Kettle', address: 'kim.kettle@contoso.com' }], subject: 'Pay this today', at: new Date(Date.now() + 1_000).toISOString() })
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
    expect(textOf(await ask('Admin', 'help'))).toContain('Ask me like this')
    await units.updateOne({ _id: unit._id }, { $set: { lastSuccessAt: unit.lastSuccessAt } })
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
      // The person's own day: a meeting that lasts all day is to come from tomorrow on.
      const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date())
      const next = (await titles(role)).find((row) => !row.cancelled && (row.allDay ? row.start > today : Date.parse(row.start) > Date.now()))
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
