// The list of technician mailboxes, when a connection is tested: what may stand in it, and how each mailbox is asked.
import { describe, expect, it, onTestFinished } from 'vitest'
import { graphError } from '../house/graphProxy.fixture.ts'
import { house, msp, test, useSetup } from './setup.fixture.ts'

useSetup()

describe('the list of mailboxes', () => {
  it('takes addresses alone', async () => {
    const { userId } = house.personas.Admin
    expect((await test({ mailboxes: [msp.mailboxes[0], userId] })).body.error).toMatchObject({
      code: 'invalidInput', problems: [{ field: 'mailboxes', message: `${userId} is no address. Enter each mailbox by its address (UPN), like kim@contoso.com.` }],
    })
  })

  it('names a mailbox once: one that is there under two addresses is refused', async () => {
    const [first] = msp.mailboxes
    const other = `second.${first!}`
    onTestFinished(house.graph().change((answer) => {
      const { path } = answer
      if (!path.includes(other)) return
      Object.assign(answer, { status: 200, body: path.includes('calendarView') ? { value: [] } : { id: path.includes('mailFolders') ? 'inbox' : house.personas.Admin.userId } })
    }))
    const message = `${first!} and ${other} are one mailbox. Leave one of them out.`
    expect(await test({ mailboxes: [first, other] })).toMatchObject({ status: 400, body: { error: { code: 'invalidInput', message, problems: [{ field: 'mailboxes', message }] } } })
  })

  it('has an end, and many that are wrong are one sentence', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => `nobody${n}@proseware.com`)
    house.graph().asked.length = 0
    expect((await test({ mailboxes: many(301) })).body.error).toMatchObject({ code: 'invalidInput', problems: [{ field: 'mailboxes', message: 'These are 301 mailboxes; Outpost takes 300 at most.' }] })
    expect(house.graph().asked).toEqual([])
    const { error } = (await test({ mailboxes: many(30) })).body
    expect(error.problems).toEqual([{ field: 'mailboxes', message: error.message }])
    expect(error.message).toMatch(/^nobody0@proseware\.com, nobody1@proseware\.com, .*nobody4@proseware\.com and 25 more: There is no mailbox for this user/)
  })
})

describe('what a person is told who waits for the answer', () => {
  it.each([
    [500, 'UnknownError', {}, 'Microsoft 365 does not answer properly at the moment. Try again in a few minutes.'],
    [429, 'ApplicationThrottled', {}, 'Microsoft asks Outpost to slow down. Try again in a minute.'],
    [429, 'ApplicationThrottled', { 'retry-after': '600' }, 'Microsoft asks Outpost to slow down. It asks to wait for 10 minutes: try again after that.'],
    [401, 'InvalidAuthenticationToken', {}, 'Microsoft refused Outpost’s access token, and a new one as well. Try again in a few minutes.'],
    [403, 'SomethingNew', {}, 'Microsoft refused this for a reason that Outpost does not know (code SomethingNew). Try again later.'],
    [410, 'ResyncRequired', {}, 'Microsoft no longer knows what Outpost asked for. Try again.'],
  ])('of %i %s is what that person can do', async (status, code, headers, message) => {
    onTestFinished(house.graph().change((answer) => {
      if (!answer.path.includes('/organization')) return
      Object.assign(answer, { status, body: graphError(code) })
      Object.assign(answer.headers, headers)
    }))
    expect((await test()).body.error.message).toBe(message)
  })
})

describe('mailboxes that Exchange opens one by one', () => {
  const unscoped = ['Directory.Read.All', 'AuditLog.Read.All', 'UserAuthenticationMethod.Read.All']
  /** As RBAC for Applications would: the token holds no permission for mail, and Exchange lets the app into these mailboxes. */
  const scoped = (upns: string[], kinds = /mailFolders|calendarView/) =>
    house.graph().change((answer) => {
      const upn = /^\/users\/([^/]+)\/(mailFolders\/inbox|calendarView)/.exec(answer.path)
      if (upn === null || !kinds.test(upn[2]!) || !upns.includes(upn[1]!)) return
      Object.assign(answer, { status: 200, body: upn[2] === 'calendarView' ? { value: [] } : { id: 'inbox' } })
    })

  it('For mail and meetings a listed mailbox is asked, whatever the token says.', async () => {
    const [first] = msp.mailboxes
    const second = house.personas.Member.upn
    await house.simulator('POST', `/tenants/${msp.tenantId}`, { mailboxes: [first, second], permissions: unscoped })
    const mailboxes = [first, second]
    expect((await test({ mailboxes })).body.error.message).toMatch(/^Admin consent is missing for Mail\.Read, Calendars\.Read\./)
    let end = scoped([first!, second])
    const { status, body } = await test({ mailboxes })
    expect({ status, features: (body as { features?: object[] }).features!.slice(1, 3) }).toMatchObject({
      status: 200, features: [{ permission: 'Mail.Read', granted: true }, { permission: 'Calendars.Read', granted: true }],
    })
    end()
    // One of them is out of scope, in the other only the calendar is closed: each is named.
    end = scoped([first!])
    expect((await test({ mailboxes })).body.error).toMatchObject({ code: 'mailboxUnknown', message: expect.stringMatching(`^${second}: Microsoft denied access to its mail\\. `) as string })
    end()
    const ends = [scoped([first!]), scoped([second], /calendarView/)]
    const { problems } = (await test({ mailboxes })).body.error
    expect(problems?.map(({ message }) => message.split('. ')[0])).toEqual([`${second}: Microsoft denied access to its mail`])
    for (const each of ends) each()
    end = scoped([first!, second], /mailFolders/)
    expect((await test({ mailboxes })).body.error.message).toMatch(/^Admin consent is missing for Calendars\.Read\./)
    end()
    await house.simulator('POST', `/tenants/${msp.tenantId}`, { permissions: [...unscoped, 'Mail.Read', 'Calendars.Read'] })
    expect((await test({ mailboxes })).status).toBe(200)
  })
})
