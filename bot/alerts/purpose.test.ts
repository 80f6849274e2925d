// A channel is told what it is for, and nothing else.
import { beforeEach, describe, expect, it } from 'vitest'
import { tenantId } from '../testing/fakeConnector.fixture.ts'
import { summaryOf, useChannels } from './channels.fixture.ts'

const the = useChannels()
const { pass, give, assess, cards, posts, puts } = the

describe('what a channel is for', () => {
  beforeEach(async () => {
    await assess('contoso', 'open', 2)
    await assess('fabrikam', 'open', 1)
  })

  it('nothing: a channel without a role gets no card', async () => {
    await give('19:security', null)
    await pass()
    expect(the.connector.sent()).toEqual([])
    expect(await cards()).toEqual([])
  })

  it('one customer: its cards and no others', async () => {
    await give('19:security', { kind: 'customer', customerId: 'fabrikam' })
    await pass()
    await pass()
    expect(posts().map(summaryOf)).toEqual(['1 of 3 privileged accounts at Fabrikam Inc. is not MFA capable'])
    expect(JSON.stringify(the.connector.sent())).not.toContain('Contoso')
  })

  it('our alerts: nothing while it is not known who reads there, and nothing while guests do', async () => {
    await the.test.store.installations.membersChanged({ tenantId, teamId: 'team-1', conversationId: '19:security' })
    await pass()
    expect(the.connector.sent()).toEqual([])
    await give('19:security', { kind: 'alerts' }, 'some')
    await pass()
    expect(the.connector.sent()).toEqual([])
    await give('19:security', { kind: 'alerts' }, 'unknown')
    await pass()
    expect(posts()).toHaveLength(2)
  })

  it('takes back what was posted when a channel becomes something else, without a name, and brings it back', async () => {
    await pass()
    expect(posts()).toHaveLength(2)
    for (const [role, outsiders] of [[{ kind: 'customer', customerId: 'contoso' }, 'none'], [{ kind: 'alerts' }, 'some'], [null, 'none']] as const) {
      the.connector.seen.length = 0
      await give('19:security', role, outsiders)
      for (let times = 0; times < 3; times += 1) await pass()
      const taken = puts().filter((request) => summaryOf(request) === 'No longer shown here')
      expect(taken.length).toBeGreaterThan(0)
      for (const { body } of taken) expect(JSON.stringify(body)).not.toMatch(/Contoso|Fabrikam|\bof 3\b|contoso|fabrikam/)
      if (role !== null && role.kind === 'customer') expect(taken).toHaveLength(1)
      await give('19:security', { kind: 'alerts' })
      for (let times = 0; times < 3; times += 1) await pass()
      expect(posts()).toEqual([])
      expect(puts().slice(-taken.length).map(summaryOf).join()).toContain('not MFA capable')
    }
  })
})
