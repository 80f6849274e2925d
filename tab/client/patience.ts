// A question that came too soon is asked again, when the service wants to be asked.
import { RequestFailed } from './requestFailed.ts'

/** After so many refusals in a row whoever looks at the view is told. */
const MOST_WAITS = 5

/** Asks, and where the service says "too many" (429) waits as long as it says and asks again. Ends at once when nobody waits for the answer any more. */
export async function patiently<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await ask()
    } catch (thrown) {
      if (!(thrown instanceof RequestFailed) || thrown.status !== 429 || thrown.retryAfter === null || waits === MOST_WAITS) throw thrown
      await pause(thrown.retryAfter * 1000, signal)
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const left = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', left)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', left, { once: true })
  })
}
