// “This channel is for …”, said by an administrator and by others.
import { beforeEach, describe, expect, it } from 'vitest'
import { channelIdOf } from '../../api/channels/rows.ts'
import { AppError } from '../../api/errors.ts'
import { channel, contoso, installationUpdate, useBot } from '../testing/bot.fixture.ts'
import { channelOf, tenantId, user } from '../testing/fakeConnector.fixture.ts'

const the = useBot()
const { tell, give, said, channels } = the

describe('“this channel is for”', () => {
  const write = async (text: string) => {
    the.connector.seen.length = 0
    await tell({ text: `<at>Outpost</at> ${text}`, ...channelOf(channel) })
    return said().map((words, index) => {
      const privately = the.connector.sent()[index]!.path.includes('a:chat-with') ? 'privately: ' : ''
      return words === 'undefined' ? 'opens the chat' : `${privately}${words}`
    })
  }
  /** What the first button of the last card says to the bot. */
  const press = () => {
    const content = JSON.stringify(the.connector.sent().at(-1)!.body)
    return /"msteams":\{"type":"messageBack","text":"([^"]+)"/.exec(content)![1]!
  }
  const roleNow = async () => (await channels())[0]!.role
  beforeEach(async () => {
    await tell(installationUpdate('add'))
    the.person.role = 'admin'
  })

  it('an administrator is asked back, and what the button says makes it so; nothing in the channel names the customer before', async () => {
    expect(await write('this channel is for Contoso')).toEqual(['Shall this channel be for the customer that you named?'])
    expect(JSON.stringify(the.connector.sent().map(({ body }) => body))).not.toMatch(/contoso/i)
    expect(await roleNow()).toBeNull()
    expect(await write(press())).toEqual(['This channel is for Contoso'])
    expect(await roleNow()).toEqual({ kind: 'customer', customerId: contoso.id })
    expect(await write('licences')).toEqual(['Licences of Contoso'])
    expect(await write('licences Fabrikam')).toEqual(['opens the chat', 'privately: Licences of Fabrikam', 'I wrote to you privately'])
    expect(await write('what is this channel for?')).toEqual(['This channel is for Contoso'])
    const rows = await the.test.db.collection('audit').find({ action: 'channel.role' }).toArray()
    expect(rows.at(-1)).toMatchObject({ userId: 'somebody', customerId: contoso.id, detail: 'customer', target: channelIdOf((await channels())[0]!) })
  })

  it.each([['our alerts', { kind: 'alerts' }], ['our team’s alerts.', { kind: 'alerts' }], ['nothing', null]])('%s', async (words, expected) => {
    await give({ kind: 'customer', customerId: contoso.id })
    await write(`this channel is for ${words}`)
    await write(press())
    expect(await roleNow()).toEqual(expected)
  })

  it.each(['this channel is for Contoso', 'this channel is for Litware', 'this channel is for our alerts', 'this channel is for nothing', 'yes, this channel is for our alerts'])(
    'nobody else can say it, and all are answered the same: %s',
    async (text) => {
      the.person.role = 'member'
      expect(await write(text)).toEqual(['Only an administrator of Outpost can say what a channel is for.'])
      expect(await roleNow()).toBeNull()
    },
  )

  it('a customer is taken by its whole name, never on a likeness; what is not found is told privately', async () => {
    for (const name of ['Contso', 'Litware', 'Con']) {
      expect((await write(`this channel is for ${name}`)).filter((line) => !line.startsWith('opens'))).toEqual(['privately: I know no such customer', 'I wrote to you privately'])
    }
  })

  it('our alerts are refused where guests read', async () => {
    the.connector.roster.pages = [[user('29:guest', { userRole: 'guest' })]]
    expect(await write('yes, this channel is for our alerts')).toEqual([new AppError('outsidersRead').message])
    expect(await roleNow()).toBeNull()
  })

  it('who reads there cannot be read: the administrator is told so, and has to answer for it', async () => {
    the.connector.behave(({ path }) => (path.endsWith('/pagedmembers') ? { status: 403, body: { error: { code: 'ServiceError' } } } : undefined))
    expect(await write('yes, this channel is for our alerts')).toEqual(['Please check who reads here'])
    expect(await roleNow()).toBeNull()
    expect(await write(press())).toEqual(['This channel is for our team’s alerts'])
    expect(await roleNow()).toEqual({ kind: 'alerts' })
    expect((await the.test.db.collection('audit').find({ action: 'channel.role' }).toArray()).at(-1)).toMatchObject({ detail: 'alerts unchecked' })
  })

  it('is answered with a way on where there is no channel', async () => {
    the.connector.seen.length = 0
    await tell({ text: 'this channel is for Contoso' })
    await tell({ text: '<at>Outpost</at> this channel is for Contoso', conversation: { id: '19:group', conversationType: 'groupChat', isGroup: true, tenantId } })
    expect(said()).toEqual([expect.stringContaining('under Admin → Channels'), expect.stringContaining('A group chat cannot be')])
  })
})
