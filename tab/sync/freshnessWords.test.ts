import { expect, test } from 'vitest'
import { freshnessWords } from './freshnessWords.ts'

const at = '2026-11-21T12:00:00Z'

test.each([
  [3, 3, at, 'Mail of 3 of 3 mailboxes'],
  [2, 3, at, 'Mail of 2 of 3 mailboxes'],
  [1, 1, at, 'Mail of 1 of 1 mailbox'],
  [2, 3, null, 'Mail of 2 of 3 mailboxes · not all read yet'],
  [0, 3, null, 'Mail of 0 of 3 mailboxes · not read yet'],
  [0, 0, null, 'Mail: no mailbox is connected'],
])('%j of %j mailboxes, all since %j', (current, of, asOf, words) => {
  expect(freshnessWords({ words: { title: 'Mail', one: 'mailbox', many: 'mailboxes', per: 'mailbox' }, current, of, asOf })).toBe(words)
})
