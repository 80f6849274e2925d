import { expect, it } from 'vitest'
import { countIn, idIn, momentIn, textIn, yesOrNoIn } from './said.ts'

const others: unknown[] = [undefined, null, {}, [], [1], () => 1, Number.NaN]

it.each([
  [textIn, ['', 'a', '\u0000'], [...others, 1, true]],
  [idIn, ['a', 'x'.repeat(400), '\u00fc'.repeat(200)], [...others, '', 'x'.repeat(401), '\u00fc'.repeat(201), 7, true]],
  [countIn, [0, 7], [...others, -1, 0.5, 1e308, 2 ** 53, '7', true]],
  [yesOrNoIn, [true, false], [...others, 0, 1, 'true']],
] as const)('%o takes what is of its kind and nothing else', (take, taken, refused) => {
  for (const value of taken) expect(take(value)).toBe(value)
  for (const value of refused) expect(take(value)).toBeNull()
})

it('a moment is one that there is', () => {
  expect(momentIn('2027-05-31T08:00:00Z')).toEqual(new Date('2027-05-31T08:00:00Z'))
  for (const value of [...others, '', 'never', '9999-99-99T99:99:99Z', 0]) expect(momentIn(value)).toBeNull()
})
