// Waits end by what they wait for.

const pauseMilliseconds = 50

/** Waits until something holds, asking again and again. @throws with `what` after the time is over */
export async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>, seconds = 30): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await ask()
    if (found !== null && found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} seconds`)
    await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds))
  }
}
