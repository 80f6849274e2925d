// Requests that begin and do not go on: each would keep its place for ever.
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ world: 'tiny', connected: false })
})
afterAll(() => house?.close())

/** @returns what was answered before the product hung up, and after how many seconds */
function send(text: string): Promise<{ answer: string; seconds: number }> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(house.product().port, '127.0.0.1', () => socket.write(text))
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('error', reject)
    socket.on('close', () => resolve({ answer, seconds: (performance.now() - started) / 1000 }))
  })
}

it('what is half sent ends within 30 seconds: a head, a body, and that of the bot', async () => {
  const half = ['GET /healthz HTTP/1.1\r\nHost: a', ...['/api/v1/customers', '/api/messages'].map((path) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`)]
  for (const { answer, seconds } of await Promise.all(half.map(send))) {
    expect(answer).toMatch(/^HTTP\/1\.1 408 /)
    expect(seconds).toBeLessThan(30)
  }
}, 120_000)
