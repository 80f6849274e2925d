// Many small requests in few: Graph's batches, in one place. Graph: "Combine requests with JSON batching".
import { AppError } from '../errors.ts'
import { toAppErrorFromGraph } from './failure.ts'
import type { Answered, BatchItem, Graph } from './graph.ts'
import type { NeededFor } from './permission.ts'

/** As many requests as one batch may hold. */
const most = 20

/** The body of a request to `$batch`. */
export const toBatch = (items: readonly BatchItem[]) => ({
  requests: items.map(({ path, prefer }, index) => ({ id: String(index), method: 'GET', url: path, ...(prefer === undefined ? {} : { headers: { Prefer: prefer } }) })),
})

interface InnerAnswer {
  id: string
  status: number
  headers?: Record<string, string>
  body?: Record<string, unknown>
}

/** The answers in a batch, in the order asked: Graph gives them in any. */
export function answersOf(items: readonly BatchItem[], body: Record<string, unknown>, neededFor: NeededFor): Answered[] {
  const byId = new Map(((body.responses ?? []) as InnerAnswer[]).map((response) => [response.id, response]))
  return items.map(({ path }, index) => {
    const response = byId.get(String(index))
    if (response === undefined) return { ok: false, error: new AppError('serviceUnavailable') }
    if (response.status >= 200 && response.status < 300) return { ok: true, body: response.body ?? {} }
    const code = (response.body?.error as { code?: string } | undefined)?.code ?? ''
    const retryAfter = Object.entries(response.headers ?? {}).find(([name]) => name.toLowerCase() === 'retry-after')?.[1]
    return { ok: false, error: toAppErrorFromGraph({ path, status: response.status, code, retryAfter }, neededFor) }
  })
}

/**
 * Asks about several things, in as many batches as that takes.
 * @param atOnce how many in a batch: fewer where Microsoft serves what they concern a few at a time
 * @param again whether to ask once more, by itself, for each that failed in its batch
 * @returns the answers in the order asked, each with its own error
 */
export async function askEach(graph: Pick<Graph, 'get' | 'batch'>, items: readonly BatchItem[], { atOnce = most, again = () => false }: { atOnce?: number; again?: (error: AppError) => boolean } = {}): Promise<Answered[]> {
  const answers: Answered[] = []
  for (let start = 0; start < items.length; start += atOnce) {
    const asked = items.slice(start, start + atOnce)
    for (const [index, answer] of (await graph.batch(asked)).entries()) {
      answers.push(answer.ok || !again(answer.error) ? answer : await alone(graph, asked[index]!))
    }
  }
  return answers
}

async function alone(graph: Pick<Graph, 'get'>, { path, prefer }: BatchItem): Promise<Answered> {
  try {
    return { ok: true, body: await graph.get(path, prefer) }
  } catch (error) {
    if (error instanceof AppError) return { ok: false, error }
    throw error
  }
}
