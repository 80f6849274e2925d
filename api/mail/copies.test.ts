import { describe, expect, it } from 'vitest'
import { newestOfEachMail } from './copies.ts'

const copy = (_id: string, mailboxId: string, minute: number, folderId = 'inbox', mailKey = 'key') =>
  ({ _id, mailKey, mailboxId, folderId, receivedAt: new Date(Date.UTC(2026, 0, 1, 8, minute)) })
const shown = (...copies: ReturnType<typeof copy>[]) => [...newestOfEachMail(copies, new Set(['sent']))].sort()

describe('which copies stand for a mail', () => {
  it.each([
    ['copies in three mailboxes are one mail, the newest stands for it', [copy('a', 'x', 1), copy('b', 'y', 3), copy('c', 'z', 2)], ['b']],
    ['two in one mailbox are two mails', [copy('a', 'x', 1), copy('b', 'x', 2)], ['a', 'b']],
    ['of the same moment, too', [copy('a', 'x', 1), copy('b', 'x', 1)], ['a', 'b']],
    ['two in each of two mailboxes are two mails', [copy('a', 'x', 1), copy('b', 'x', 2), copy('c', 'y', 1), copy('d', 'y', 3)], ['c', 'd']],
    ['two in one mailbox and one in another are two mails', [copy('a', 'x', 1), copy('b', 'x', 2), copy('c', 'y', 3)], ['a', 'c']],
    ['what was sent to oneself is one mail', [copy('a', 'x', 1, 'sent'), copy('b', 'x', 2)], ['b']],
    ['other keys are other mails', [copy('a', 'x', 1), copy('b', 'x', 2, 'inbox', 'other')], ['a', 'b']],
    ['none is none', [], []],
  ])('%s', (_what, copies, expected) => {
    expect(shown(...copies)).toEqual(expected)
    expect(shown(...copies.toReversed())).toEqual(expected)
  })
})
