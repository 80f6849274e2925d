// `npm run simulator -- --port N --product ORIGIN [--world small|large|tiny] [--seed N]`
import { parseArgs } from 'node:util'
import { startSimulator } from './server.ts'
import { isWorldName } from './world/world.ts'

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

function read(): Record<'port' | 'product' | 'world' | 'seed', string> {
  const text = (value: string) => ({ type: 'string', default: value }) as const
  try {
    return parseArgs({ options: { port: text('0'), product: text('http://127.0.0.1:3978'), world: text('small'), seed: text('1') } }).values
  } catch (error) {
    return fail(`The simulator does not understand its arguments: ${(error as Error).message}`)
  }
}

if (process.env.NODE_ENV === 'production') fail('The simulator does not run with NODE_ENV=production: it hands out tokens to anybody.')
const values = read()
const [port, seed] = [Number(values.port), Number(values.seed)]
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail('--port must be a number from 0 to 65535.')
if (!Number.isInteger(seed)) fail('--seed must be a whole number.')
if (!URL.canParse(values.product) || !/^https?:/.test(values.product)) fail('--product must be an origin such as http://127.0.0.1:3978.')
const { world } = values
if (!isWorldName(world)) fail('--world must be small, large or tiny.')

try {
  const { sim, origin } = await startSimulator({ port, product: new URL(values.product).origin, world, seed })
  // Over a channel that only the program has which started this one: no page and no other program can name a process.
  process.on('message', (message) => {
    const { killable } = message as { killable?: unknown }
    if (typeof killable === 'number') sim.killable.add(killable)
  })
  console.log(`SIMULATOR=${origin}`)
} catch (error) {
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    fail(`Port ${port} is taken. Stop the process that uses it, or take another port: npm start -- --port 4400`)
  throw error
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0))
