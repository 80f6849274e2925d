// What every question and every action is given beside its actor. `server.ts` puts it together.
import type { ActorOptions } from './access/actor.ts'
import type { ChangeFeed } from './changes/feed.ts'
import type { Keeping } from './changes/kept.ts'
import type { Database, Described } from './database/collection.ts'
import type { GraphOptions } from './graph/client.ts'
import type { Job } from './sync/job.ts'
import type { ConnectedTenants } from './sync/round.ts'
import type { Stream } from './sync/stream.ts'
import type { Vault } from './vault/vault.ts'

/** For who asks: nothing with which something could be changed or read elsewhere. */
export interface Asking extends ActorOptions {
  readonly db: Database
  readonly streams: readonly Stream[]
  readonly feed: ChangeFeed
  /** Readings that are kept as long as nothing has changed. */
  readonly kept: Keeping
}

/** For who does something. */
export interface Acting extends Asking {
  readonly collections: readonly Described[]
  readonly jobs: readonly Job[]
  readonly tenants: ConnectedTenants
  readonly vault: Vault
  readonly graph: GraphOptions
  readonly clean: Clean
  /** What the bot asks Teams: the subject of channels says what it needs. */
  readonly teams: Teams
}

/** What may be shown of a text that others wrote, and how much of it that is. The subject of mailboxes says how. Never throws. */
export type Clean = (body: { readonly content?: string | null; readonly contentType?: string | null } | null | undefined) => Promise<{ readonly html: string; readonly shown: 'all' | 'beginning' | 'wordsOnly' | 'nothing' }>

/** Whether others than our own people read in a channel; `unknown` when it cannot be read. Never throws. */
export interface Teams {
  outsidersIn(channel: { readonly tenantId: string; readonly teamId: string | null; readonly conversationId: string; readonly serviceUrl: string }): Promise<'none' | 'some' | 'unknown'>
}

type Operation = (on: never, ...given: never[]) => unknown

/** Operations as somebody calls them who does not hold the context: `bound.messages(actor, …)`. */
export type Bound<Operations> = {
  [Name in keyof Operations]: Operations[Name] extends (on: never, ...given: infer Given) => infer Answer ? (...given: Given) => Answer : never
}

/** Hands the context to every operation. */
export function bind<Context, Operations extends Record<string, Operation>>(on: Context, operations: Operations): Bound<Operations> {
  const bound = Object.entries(operations).map(([name, operation]) => [name, (...given: unknown[]) => (operation as (...all: unknown[]) => unknown)(on, ...given)] as const)
  return Object.fromEntries(bound) as Bound<Operations>
}
