import { expect, test } from 'vitest'
import type { MessageRow } from '../../api/mail/model.ts'
import { standingMail } from './standing.ts'

const mail = (id: string, at: string, subject = id): MessageRow => ({
  id, at: `2026-11-30T${at}Z`, subject, direction: 'in', private: false, preview: null, from: null, sender: null, to: [], cc: [], bcc: [], others: 0, hasAttachments: false,
})
const opened = mail('b', '10:00:00')
const newer = mail('a', '11:00:00')
const older = mail('c', '09:00:00')

test('a mail stands where it did, with what is known of it now', () => {
  const now = { ...opened, hasAttachments: true }
  expect(standingMail(opened, [newer, now], true)).toBe(now)
})

test('another copy of it may stand for it', () => {
  const copy = mail('copy', '10:00:20', 'b')
  expect(standingMail(opened, [newer, copy, older], false)).toBe(copy)
  expect(standingMail(opened, [mail('again', '10:30:00', 'b'), older], true)).toBeNull()
})

test('it is gone when the list reaches beyond it, or to its end', () => {
  expect(standingMail(opened, [newer, older], false)).toBeNull()
  expect(standingMail(opened, [newer], true)).toBeNull()
  expect(standingMail(opened, [], true)).toBeNull()
})

test('what stands on another page is not gone', () => {
  expect(standingMail(opened, [newer], false)).toBe(opened)
})
