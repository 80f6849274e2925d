// The bot, put together: activities in, answers and alerts out.
import type { Outsiders } from '../api/channels/model.ts'
import type { Database } from '../api/database/collection.ts'
import { AppError } from '../api/errors.ts'
import type { Log } from '../api/log.ts'
import type { Actions, Query } from '../api/subjects.ts'
import { openAdapter, type Adapter, type HttpAnswer, type HttpRequest } from './adapter/adapter.ts'
import type { BotConfig } from './adapter/config.ts'
import type { Reply, Turn } from './adapter/port.ts'
import { runAlerts, type AlertPorts } from './alerts/alerts.ts'
import type { AlertCustomer } from './alerts/facts.ts'
import { openLoop, type Loop } from './alerts/loop.ts'
import { openQuiet } from './alerts/quiet.ts'
import { runReminders } from './alerts/reminders.ts'
import { openInstallations } from './installations/installations.ts'
import { learnChannels, outsidersIn, type ReadChannel } from './installations/learn.ts'
import type { Links } from './parts/links.ts'
import { storedIn, type Stored } from './stored.ts'
import { grammar } from './subjects.ts'
import { answerQuestion, type AnswerPorts } from './talk/answer.ts'

export type { BotConfig } from './adapter/config.ts'
export { openLinks } from './parts/links.ts'

export interface BotParts {
  readonly config: BotConfig
  readonly query: Query
  readonly actions: Pick<Actions, 'setChannelRole'>
  /** Does the work when it is the person's turn. @throws AppError `tooMany` for who asks too much */
  readonly inTurn: AnswerPorts['inTurn']
  readonly db: Database
  readonly log: Log
  readonly links: Links
  readonly now: () => Date
  /** Pause between two passes of the alerts. */
  readonly alertPauseMs?: number
}

export interface Bot {
  /** For `POST /api/messages`. Checks signature and tenant, and answers when the turn is over: 400 or 401 to whom it does not know. */
  readonly handle: (request: HttpRequest) => Promise<HttpAnswer>
  /** Whether others than our own people read in a channel, asked of Teams now. */
  readonly outsidersIn: (channel: ReadChannel) => Promise<Outsiders>
  readonly alerts: Loop & {
    /** One pass of all that is done unasked, now. @throws what the database throws */
    runOnce(): Promise<void>
    /** Cards that are to be posted, edited or replied to. */
    pending(): Promise<number>
  }
}

/** Alerts have seconds, reminders have days: between two passes of the reminders. */
const reminderPauseMs = 10_000

/** Unknown is no: what an administrator reads is told to nobody else, and the next pass asks again. */
async function isAdmin({ query, log }: Pick<BotParts, 'query' | 'log'>, tenantId: string, userId: string): Promise<boolean> {
  try {
    return (await query.actorOfActivity(tenantId, userId)).role === 'admin'
  } catch (error) {
    if (!(error instanceof AppError && ['noRole', 'rolesUnknown', 'rolesNeverRead'].includes(error.code))) log.error('reminder.role.failed', error)
    return false
  }
}

/** All customers, for the cards in channels. */
async function customersById({ customers }: Pick<Stored, 'customers'>): Promise<ReadonlyMap<string, AlertCustomer>> {
  const docs = [...(await customers.living()), ...(await customers.archived())]
  return new Map(docs.map(({ _id, name, archivedAt }) => [_id, { name, archived: archivedAt !== null }]))
}

/**
 * Opens the bot; nothing runs until `alerts.start()` and the first activity.
 * @throws Error at once when the bot's id or secret cannot be used by MSAL
 */
export function openBot({ config, query, actions, inTurn, db, log, links, now, alertPauseMs = 2000 }: BotParts): Bot {
  const store = storedIn(db)
  const installations = openInstallations({ store, commands: grammar.commands, links, log, now })

  async function answer(turn: Turn, reply: Reply): Promise<void> {
    if (turn.kind === 'installed' || turn.kind === 'removed') return installations.changed(turn, reply)
    try {
      const question = turn.kind === 'message'
      const [, first] = await Promise.all([installations.seen(turn), !question || installations.first(turn)])
      if (!first) return
    } catch (error) {
      // Without the database no answer can be given, but the reason can.
      log.error('bot.activity.failed', error)
    }
    if (turn.kind !== 'message') return
    // The activity is taken: sending it again would not help, so a failed answer is only logged.
    const answered = answerQuestion(
      { query, grammar, actions, inTurn, outbound: adapter.outbound, talks: store.talks, channelAt: (place) => installations.channelAt(place), links, log, now }, turn, reply,
    )
    await answered.catch((error: unknown) => log.error('bot.reply.failed', error))
  }

  const adapter: Adapter = openAdapter(config, log, answer)
  const ports: AlertPorts = { store, outbound: adapter.outbound, links, log, now, customers: () => customersById(store) }
  const reminders = () => runReminders({ ...ports, store, isAdmin: (tenantId, userId) => isAdmin({ query, log }, tenantId, userId) })
  let remindedAt = -Infinity
  const quiet = openQuiet(store.changes, now)
  // A channel of which nothing can be learned is no reason to be silent in the others.
  const learn = () => learnChannels({ store, outbound: adapter.outbound, log, now }).catch((error: unknown) => log.error('channel.pass.failed', error))
  const runOnce = async () => {
    await learn()
    await runAlerts(ports)
    await reminders()
  }
  async function pass(): Promise<void> {
    if (performance.now() - remindedAt >= reminderPauseMs) {
      remindedAt = performance.now()
      await reminders().catch((error: unknown) => log.error('reminder.pass.failed', error))
    }
    await quiet.unlessQuiet(() => runAlerts(ports))
  }
  // Who reads where is asked of Teams channel by channel: a team that answers slowly does not delay the alerts of the others.
  const loops = [openLoop(pass, alertPauseMs, log), openLoop(learn, alertPauseMs, log)]
  return {
    outsidersIn: (channel) => outsidersIn({ outbound: adapter.outbound, log }, channel),
    handle: (request) => adapter.handle(request),
    alerts: {
      start: () => loops.forEach((loop) => loop.start()),
      stop: async () => void (await Promise.all(loops.map((loop) => loop.stop()))),
      runOnce,
      pending: () => store.cards.countPending(),
    },
  }
}
