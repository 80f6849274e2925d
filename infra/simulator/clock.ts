export interface Clock { now(): number; move(milliseconds: number): void }

/** Microsoft's clock: the machine's, moved by hand. Signed tokens keep the machine's time, because their readers do. */
export function makeClock(): Clock {
  let offset = 0
  return { now: () => Date.now() + offset, move: (ms) => { offset += ms } }
}
