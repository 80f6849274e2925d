// A question that came too soon is asked again, when the service wants to be asked.
import { RequestFailed } from './requestFailed.ts'

/** Seconds, all waits together: whoever looks at a view that says nothing for longer takes it for broken. What is counted in short windows lets in again within 10. */
const MOST_SECONDS = 15

/**
 * Asks, and where the service says "too many" (429) waits as long as it says and asks again. Ends at once when nobody waits for the answer
 * any more. @throws the refusal that would have to be waited for longer than a person waits without a word
 */
export async function patiently<T>(ask: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let waited = 0; ; ) {
    try {
      return await ask()
    } catch (thrown) {
      if (!(thrown instanceof RequestFailed) || thrown.status !== 429 || thrown.retryAfter === null) throw thrown
      // Who says "at once" is not asked without a pause.
      const seconds = Math.max(1, thrown.retryAfter)
      waited += seconds
      if (waited > MOST_SECONDS) throw thrown
      await pause(seconds * 1000, signal)
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
