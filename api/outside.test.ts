// Answers that do not end, or lead elsewhere, over HTTP.
import { createServer, type RequestListener } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, it } from 'vitest'
import { askOutside, type Limits } from './outside.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function open(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${String((server.address() as { port: number }).port)}/`
}

/** Collects what nobody holds, again and again: a request has to end all the same. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const timer = setInterval(collect, 20)
  closing.push(() => clearInterval(timer))
}

const limits: Limits = { milliseconds: 500, bytes: 100_000 }
const drips: RequestListener = (_, response) => {
  response.writeHead(200).write('{')
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(timer))
}

it.each<[string, RequestListener]>([['never begins', () => undefined], ['drips', drips]])('what %s ends in time, whoever else may call it off', async (_, answer) => {
  collectGarbage()
  const url = await open(answer)
  await expect(askOutside(url, { signal: new AbortController().signal }, limits)).rejects.toThrow('took too long')
  await expect(askOutside(url, { method: 'POST', body: 'x' }, limits)).rejects.toThrow('took too long')
})

it('what drips is hung up on', async () => {
  let hungUp: () => void = () => undefined
  const gone = new Promise<void>((resolve) => (hungUp = resolve))
  const url = await open((request, response) => {
    response.on('close', hungUp)
    drips(request, response)
  })
  await expect(askOutside(url, {}, limits)).rejects.toThrow()
  await gone
})

it('it is called off, before and while it is answered', async () => {
  const url = await open(drips)
  const ending = new AbortController()
  const asked = askOutside(url, { signal: ending.signal }, { ...limits, milliseconds: 60_000 })
  ending.abort(new Error('stop'))
  await expect(asked).rejects.toThrow('stop')
  await expect(askOutside(url, { signal: ending.signal }, limits)).rejects.toThrow('stop')
})

it('an answer without an end is not read on', async () => {
  const url = await open((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
    }
    response.on('drain', more)
    more()
  })
  await expect(askOutside(url, {}, { milliseconds: 60_000, bytes: 1_000_000 })).rejects.toMatchObject({ code: 'listEndless' })
})

it.each([301, 302, 303, 307, 308])('%i is not followed, with or without a token', async (status) => {
  const asked: string[] = []
  const other = await open((request, response) => {
    asked.push(request.url!)
    response.end('{}')
  })
  const url = await open((_, response) => response.writeHead(status, { Location: other }).end())
  for (const headers of [{}, { Authorization: 'Bearer token' }]) await expect(askOutside(url, { headers }, limits)).rejects.toMatchObject({ code: 'serviceUnavailable' })
  expect(asked).toEqual([])
})

it('what comes in time is whole, with its status and headers', async () => {
  const url = await open((_, response) => response.writeHead(404, { 'Retry-After': '7' }).end('{"a":1}'))
  const response = await askOutside(url, {}, limits)
  expect([response.status, response.headers.get('Retry-After'), await response.json()]).toEqual([404, '7', { a: 1 }])
  expect((await askOutside(await open((_, res) => res.writeHead(204).end()), {}, limits)).status).toBe(204)
})
