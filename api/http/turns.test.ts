import { expect, it } from 'vitest'
import { openTurns } from './turns.ts'

const full = () => Promise.reject(new Error('full'))

/** Work that ends when it is told to. */
function pieces() {
  const ends: (() => void)[] = []
  return { begun: () => ends.length, work: () => new Promise<void>((resolve) => ends.push(resolve)), endFirst: () => ends.shift()!() }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))

it('a few of one name are in work, the others wait, and beyond the line nobody is let in', async () => {
  const inTurn = openTurns({ atOnce: 2, mostWaiting: 1 })
  const { begun, work, endFirst } = pieces()
  const done = [1, 2, 3].map(() => inTurn('kim', work, full))
  await settled()
  expect(begun()).toBe(2)
  await expect(inTurn('kim', work, full)).rejects.toThrow('full')
  const other = inTurn('sam', work, full)
  await settled()
  expect(begun()).toBe(3)
  for (let left = 4; left > 0; left -= 1) {
    endFirst()
    await settled()
  }
  await Promise.all([...done, other])
})

it('work that fails gives its turn on, and what it threw to whoever asked', async () => {
  const inTurn = openTurns({ atOnce: 1, mostWaiting: 0 })
  await expect(inTurn('kim', () => Promise.reject(new Error('no')), full)).rejects.toThrow('no')
  await expect(inTurn('kim', () => Promise.resolve('yes'), full)).resolves.toBe('yes')
})
