// Guests and people of other organisations in a channel of our alerts.
import { beforeEach, describe, expect, it } from 'vitest'
import { installationUpdate, teamEvent, useBot } from '../testing/bot.fixture.ts'
import { user } from '../testing/fakeConnector.fixture.ts'

const the = useBot()
const { tell, give, said, channels } = the

describe('who reads in the channel of our alerts', () => {
  const result = { check: 'privilegedAccountsMfaCapable', state: 'open', failing: 2, of: 3, unknown: 0, judgedAt: new Date() } as const
  const passes = async () => {
    for (let times = 0; times < 3; times += 1) await the.bot.alerts.runOnce()
  }
  beforeEach(async () => {
    await tell(installationUpdate('add'))
    await give({ kind: 'alerts' })
    await the.test.store.results.put({ ...result, customerId: 'contoso' }, 1)
    await passes()
    the.connector.seen.length = 0
  })
  const guest = user('29:guest', { userRole: 'guest' })
  const added = () => tell(teamEvent('teamMemberAdded', { membersAdded: [{ id: '29:guest' }] }))

  it.each([
    ['a guest', [[guest]]],
    ['a guest on a later page', [[user('29:a')], [user('29:b'), guest]]],
    ['somebody of another organisation in a shared channel', [[user('29:x', { tenantId: '99999999-9999-4999-8999-999999999999' })]]],
    ['somebody who is not signed in', [[user('29:y', { userRole: 'anonymous' })]]],
    ['a guest by the sign of the user name', [[user('29:z', { userPrincipalName: 'kim_contoso.com#EXT#@msp.example' })]]],
  ])('when %s comes, it says so, once, takes the cards back, and brings them back when all have left', async (_, pages) => {
    the.connector.roster.pages = pages
    await added()
    await passes()
    expect(said()).toEqual([expect.stringContaining('Guests or people of another organisation read here now'), 'No longer shown here'])
    expect(JSON.stringify(the.connector.sent().map(({ body }) => body))).not.toContain('Contoso')
    the.connector.roster.pages = [[user('29:a')]]
    await tell(teamEvent('teamMemberRemoved', { membersRemoved: [{ id: '29:guest' }] }))
    await passes()
    expect(said().slice(2)).toEqual([expect.stringContaining('Only people of our organisation read here again'), '2 of 3 privileged accounts at Contoso are not MFA capable'])
  })

  it('a list that cannot be read changes nothing that was said, and is known as unknown', async () => {
    the.connector.behave(({ path }) => (path.endsWith('/pagedmembers') ? { status: 403, body: { error: { code: 'ServiceError' } } } : undefined))
    await added()
    await passes()
    expect(the.connector.sent()).toEqual([])
    expect((await channels())[0]).toMatchObject({ outsiders: 'unknown' })
  })

  it('a member of whom Teams tells nothing rules nobody out', async () => {
    the.connector.roster.pages = [[user('29:a'), { id: '29:b', name: 'Who' }]]
    await added()
    await passes()
    expect((await channels())[0]).toMatchObject({ outsiders: 'unknown' })
  })
})
