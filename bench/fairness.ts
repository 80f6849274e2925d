// What one greedy person costs everybody else: how long somebody waits for the views of a hub, beside 150 connections of somebody else,
// as a ratio to how long they wait alone, on a product with its usual limits.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const connections = 150
const rounds = 150
/** Between two questions of the one who is measured, in milliseconds: they read what they see. */
const pause = 80

export interface FairnessOptions {
  /** Where the product itself listens. */
  readonly origin: string
  readonly tokens: { readonly greedy: string; readonly measured: string }
  /** What both ask for. */
  readonly paths: readonly string[]
}

const p95 = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)]!

async function waits({ origin, tokens, paths }: FairnessOptions): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < rounds; i += 1) {
    const from = performance.now()
    const response = await fetch(`${origin}${paths[i % paths.length]!}`, { headers: { Authorization: `Bearer ${tokens.measured}` } })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`who asks little was refused: ${response.status}`)
    times.push(performance.now() - from)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return p95(times)
}

/** @returns one line in words */
export async function fairness(options: FairnessOptions): Promise<string> {
  const { origin, tokens, paths } = options
  await waits(options)
  const alone = await waits(options)
  const greedy = fork(fileURLToPath(new URL('greedy.ts', import.meta.url)), [origin, tokens.greedy, String(connections), ...paths])
  let answered: Record<number, number> = {}
  greedy.on('message', (counts: Record<number, number>) => (answered = counts))
  try {
    await new Promise((resolve) => greedy.once('message', resolve))
    const beside = await waits(options)
    const counts = Object.entries(answered).map(([status, count]) => `${count} × ${status}`).join(', ')
    return `beside ${connections} connections of one person (${counts}), others' p95 is ${beside.toFixed(1)} ms; alone ${alone.toFixed(1)} ms: ratio ${(beside / alone).toFixed(1)} (must be ≤ 3)`
  } finally {
    greedy.kill()
  }
}
