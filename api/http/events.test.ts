// Connections for changes, over a real socket: what becomes of a reader that does not read.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import type { Response } from 'restify'
import { expect, it } from 'vitest'
import type { Listener } from '../changes/feed.ts'
import { openStreams } from './events.ts'

it('who does not read is cut off before much waits for them, and hears no more', async () => {
  const listeners = new Set<Listener>()
  const streams = openStreams({
    feed: { listen: (_, listener) => (listeners.add(listener), () => listeners.delete(listener)) },
    perPerson: 10, homeTenantId: 't', now: () => new Date(), people: { addressesOf: () => Promise.resolve([]), rolesOf: () => Promise.resolve({ roles: [], readAt: null }) },
  })
  const actor = { tenantId: 't', userId: 'u', role: 'viewer', addresses: [] } as const
  let response: ServerResponse | undefined
  const server = createServer((_, res) => {
    response = res
    streams.open({ actor, issuedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) }, res as Response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const reader = connect((server.address() as AddressInfo).port, '127.0.0.1')
  reader.pause()
  reader.on('error', () => undefined)
  reader.write('GET /changes HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(server, 'request')
  let most = 0
  let told = 0
  // More than the system's buffers hold.
  for (; listeners.size > 0 && told < 2_000_000; told += 1) {
    for (const listener of listeners) listener({ kind: 'posture', customerId: `customer-${told}` })
    most = Math.max(most, response!.writableLength)
    if (told % 100 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(listeners.size).toBe(0)
  expect(response!.destroyed).toBe(true)
  expect(most).toBeLessThan(20_000)
  reader.destroy()
  server.close()
})
