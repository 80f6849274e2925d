// A team and its channels, as Teams tells of them.
import { beforeEach, describe, expect, it } from 'vitest'
import type { ChannelDoc } from '../../api/channels/rows.ts'
import { channel, contoso, installationUpdate, team, teamEvent, useBot } from '../testing/bot.fixture.ts'
import { channelOf } from '../testing/fakeConnector.fixture.ts'

const the = useBot()
const { tell, give, channels } = the

describe('a team with several channels', () => {
  const second = '19:second@thread.tacv2'
  beforeEach(async () => {
    await tell(installationUpdate('add'))
    // In a standard channel of the team the bot is present without having been added to that one.
    the.person.role = 'member'
    await tell({ text: '<at>Outpost</at> help', ...channelOf(second) })
    the.connector.seen.length = 0
  })
  const kill = () => the.test.db.collection<ChannelDoc>('installations').updateMany({}, { $set: { deadAt: new Date(), deadReason: 'BotNotInConversationRoster', serviceUrl: 'https://old.example' } })
  const alive = async () => (await channels()).filter(({ deadAt, deadReason, serviceUrl }) => deadAt === null && deadReason === null && serviceUrl === the.connector.origin).map(({ conversationId }) => conversationId)

  it('knows each in which somebody speaks to it, without a role', async () => {
    expect((await channels()).map(({ conversationId, role: given }) => [conversationId, given])).toEqual([[second, null], [channel, null]])
  })

  it.each([
    ['a message in one of them', { text: '<at>Outpost</at> help', ...channelOf(second) }],
    ['a reaction in one of them', { type: 'messageReaction', ...channelOf(second) }],
    ['the team was renamed', teamEvent('teamRenamed')],
    ['the team was restored', teamEvent('teamRestored')],
    ['the team was unarchived', teamEvent('teamUnarchived')],
    ['a channel was renamed', teamEvent('channelRenamed', {}, { channel: { id: second, name: 'New name' } })],
    ['a channel was restored', teamEvent('channelRestored', {}, { channel: { id: second } })],
    ['somebody was added', teamEvent('teamMemberAdded', { membersAdded: [{ id: '29:x' }] })],
    ['the bot was added again', installationUpdate('add')],
    ['the bot was upgraded', installationUpdate('add-upgrade')],
  ])('%s: all of them are alive again', async (_, activity) => {
    await kill()
    await tell(activity)
    expect(await alive()).toEqual([second, channel])
  })

  it.each([
    ['teamArchived', {}, [channel, second]], ['teamDeleted', {}, [channel, second]], ['teamHardDeleted', {}, [channel, second]],
    ['channelDeleted', { channel: { id: second } }, [second]],
  ])('%s: nothing is sent there any more, until it is back', async (event, data, dead) => {
    await tell(teamEvent(event, {}, data))
    expect((await channels()).filter(({ deadAt }) => deadAt !== null).map(({ conversationId }) => conversationId).sort()).toEqual([...dead].sort())
  })

  it('comes back with what each channel was for when the bot is removed and added again', async () => {
    await give({ kind: 'customer', customerId: contoso.id })
    await tell(installationUpdate('remove'))
    expect(await the.test.store.installations.channels()).toEqual([])
    await tell(installationUpdate('add'))
    expect((await the.test.store.installations.channels()).map(({ conversationId, role: given }) => [conversationId, given?.kind])).toEqual([[second, undefined], [channel, 'customer']])
  })

  it('learns what team and channels are called, also after a renaming, and keeps what it knows when Teams does not tell', async () => {
    const names = async () => (await channels()).map(({ teamName, channelName }) => `${teamName ?? '?'} / ${channelName ?? '?'}`)
    the.connector.roster.names = { [team]: 'Our team', [channel]: 'Customer security', [second]: 'Second' }
    await the.bot.alerts.runOnce()
    expect(await names()).toEqual(['Our team / Second', 'Our team / Customer security'])
    the.connector.behave(({ path }) => (path.startsWith('/v3/teams/') ? { status: 403, body: { error: { code: 'ServiceError' } } } : undefined))
    await tell(teamEvent('channelRenamed', {}, { channel: { id: second, name: 'Third' } }))
    await the.bot.alerts.runOnce()
    expect(await names()).toEqual(['Our team / Third', 'Our team / Customer security'])
    the.connector.behave(() => undefined)
    the.connector.roster.names[team] = 'Renamed'
    the.connector.roster.names[second] = 'Third'
    await tell(teamEvent('teamRenamed', {}, { team: { name: 'Renamed' } }))
    await the.bot.alerts.runOnce()
    expect(await names()).toEqual(['Renamed / Third', 'Renamed / Customer security'])
  })

  it('what happens in a private or shared channel happens there alone', async () => {
    const shared = channelOf('19:shared@thread.tacv2')
    const apart = { ...shared, channelData: { ...shared.channelData, channel: { id: '19:shared@thread.tacv2', type: 'shared' } } }
    await tell({ text: '<at>Outpost</at> help', ...apart })
    await tell({ type: 'installationUpdate', action: 'remove', id: 'gone', ...apart })
    expect((await the.test.store.installations.channels()).map(({ conversationId }) => conversationId)).toEqual([second, channel])
  })
})
