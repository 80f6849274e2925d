// What each refusal means, by what was sent and by its code.
import { describe, expect, it } from 'vitest'
import { DeliveryError } from '../adapter/port.ts'
import { toDelivery, type Meaning } from './delivery.ts'

const shutOut = ['BotNotInConversationRoster', 'BotDisabledByAdmin', 'ConversationBlockedByUser', 'ForbiddenOperationException', 'MessageWritesBlocked']
const rows: readonly (readonly [status: number, code: string | undefined, post: Meaning, edit: Meaning, reply: Meaning])[] = [
  ...shutOut.map((code) => [403, code, 'dead', 'wait', 'wait'] as const),
  [404, 'ConversationNotFound', 'dead', 'missing', 'missing'],
  [403, 'ServiceError', 'wait', 'missing', 'missing'],
  [403, undefined, 'wait', 'missing', 'missing'],
  [403, 'NotEnoughPermissions', 'wait', 'missing', 'missing'],
  [404, 'ActivityNotFoundInConversation', 'wait', 'missing', 'missing'],
  [404, undefined, 'wait', 'missing', 'missing'],
  [400, 'BadArgument', 'wait', 'missing', 'missing'],
  [400, 'BotNotInConversationRoster', 'wait', 'missing', 'missing'],
  [401, 'BotNotRegistered', 'wait', 'wait', 'wait'],
  [412, 'PreconditionFailed', 'wait', 'wait', 'wait'],
  [413, 'MessageSizeTooBig', 'wait', 'wait', 'wait'],
  [429, 'Throttled', 'wait', 'wait', 'wait'],
]

describe('a refusal', () => {
  it.each(rows)('%i %s: a new post %s, an edit %s, a reply %s', (statusCode, code, post, edit, reply) => {
    const error = new DeliveryError('refused', { statusCode, ...(code === undefined ? {} : { code }) })
    expect((['post', 'edit', 'reply'] as const).map((sending) => toDelivery(sending, error, 0).meaning)).toEqual([post, edit, reply])
    expect(toDelivery('post', error, 0).word).toBe(code ?? String(statusCode))
  })
})

it('only an edit may be repeated when nobody knows what became of it', () => {
  for (const error of [new DeliveryError('unknown', { statusCode: 502 }), new Error('anything')]) {
    expect((['post', 'edit', 'reply'] as const).map((sending) => toDelivery(sending, error, 0).meaning)).toEqual(['unknown', 'wait', 'unknown'])
  }
  expect(toDelivery('post', new DeliveryError('unreached', { code: 'token' }), 0)).toMatchObject({ meaning: 'wait', word: 'token' })
})

it('waits longer each time, and never less than asked for', () => {
  const waits = (attempts: number, retryAfterSeconds?: number) =>
    toDelivery('post', new DeliveryError('refused', { statusCode: 429, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }), attempts).waitSeconds
  expect([0, 1, 2, 20].map((attempts) => waits(attempts))).toEqual([2, 4, 8, 300])
  expect(waits(0, 40)).toBe(40)
  expect(waits(20, 40)).toBe(300)
})
