import { expect, test } from 'vitest'
import type { StreamStatus } from '../../api/sync/model.ts'
import { disconnectedWords, failuresOf, progressOf, secretWords, streamsBy, upToDateWords } from './tenantWords.ts'

const stream = (running: boolean, progress: StreamStatus['progress']): StreamStatus => ({ stream: 'mail', words: { title: 'Mail', one: 'mailbox', many: 'mailboxes', per: 'mailbox' }, mailbox: null, running, lastSuccessAt: null, lastError: null, unread: [], items: null, progress })

test('progress is the sum of what runs, and says when nothing is known yet', () => {
  expect(progressOf([stream(false, null)])).toBeNull()
  expect(progressOf([stream(true, null), stream(false, null)])).toEqual({ share: null, words: '1 of 2 streams are being read' })
  expect(progressOf([stream(true, { done: 1, of: 3 }), stream(true, { done: 2, of: 3 })])).toEqual({ share: 0.5, words: '2 of 2 streams are being read, 3 of 6 steps done' })
})

test('a failure that stops many streams is said once, with the newest time', () => {
  const failing = (mailbox: string, message: string, at: string): StreamStatus => ({ ...stream(false, null), mailbox, lastError: { code: 'x', message, at } })
  const many = ['a', 'b', 'c', 'd', 'e'].map((name, index) => failing(`${name}@contoso.com`, 'Expired.', `2026-11-21T12:0${index}:00Z`))
  expect(failuresOf([...many, stream(false, null), failing('f@contoso.com', 'No mailbox.', '2026-11-21T12:00:00Z')])).toEqual([
    { message: 'Expired.', at: '2026-11-21T12:04:00Z', streams: 'Mail of a@contoso.com, Mail of b@contoso.com, Mail of c@contoso.com and 2 more' },
    { message: 'No mailbox.', at: '2026-11-21T12:00:00Z', streams: 'Mail of f@contoso.com' },
  ])
})

test('an optional permission that is not granted is no failure', () => {
  const read: StreamStatus = { ...stream(false, null), lastSuccessAt: '2026-11-21T12:00:00Z' }
  const lacking: StreamStatus = { ...read, stream: 'eligibility', notGranted: { message: 'Optional.', at: '2026-11-21T12:00:00Z' } }
  const failed: StreamStatus = { ...read, stream: 'roles', lastError: { code: 'consentMissing', message: 'Missing.', at: '2026-11-21T12:00:00Z' } }
  expect(upToDateWords([read, lacking])).toBe('1 of 2 streams up to date, 1 optional one not granted.')
  expect(upToDateWords([read, lacking, { ...lacking, stream: 'mfa' }])).toBe('1 of 3 streams up to date, 2 optional ones not granted.')
  expect(failuresOf([lacking])).toEqual([])
  expect(upToDateWords([read, failed])).toBe('1 of 2 streams up to date.')
  expect(failuresOf([failed])).toHaveLength(1)
})

test.each([
  ['2027-02-01T00:00:00Z', 'good', /^The client secret is valid until 1 February 2027\.$/],
  ['2026-12-21T13:00:00Z', 'soon', /expires in 30 days, on 21 December 2026\. Replace it before then/],
  ['2026-11-29T13:00:00Z', 'soon', /in 8 days/],
  ['2026-11-28T13:00:00Z', 'urgent', /in 7 days, on 28 November 2026\. Replace it now/],
  ['2026-11-22T13:00:00Z', 'urgent', /in 1 day, /],
  ['2026-11-22T11:00:00Z', 'urgent', /in less than a day/],
  ['2026-11-21T12:00:00Z', 'urgent', /expired on 21 November 2026/],
  [null, 'unknown', /unknown/],
])('a secret that ends %s is %s', (at, level, words) => {
  const said = secretWords(at, Date.parse('2026-11-21T12:00:00Z'), 'en-GB', 'UTC')
  expect(said.level).toBe(level)
  expect(said.words).toMatch(words)
})

test('what a disconnection deleted is counted', () => {
  expect(disconnectedWords('Contoso', { deleted: { messages: 120, meetings: 1, accounts: 0 } })).toBe('Contoso was disconnected. Being deleted: 120 messages, 1 meeting and 0 accounts.')
})

test('each mailbox has its mail and its calendar, or nothing yet', () => {
  const mail = { ...stream(false, null), mailbox: 'a@contoso.com' }
  const roles = { ...stream(false, null), stream: 'roles' as const }
  expect(streamsBy({ mailboxes: ['a@contoso.com', 'b@contoso.com'], streams: [mail, roles] })).toEqual({
    own: [roles],
    mailboxes: [
      { mailbox: 'a@contoso.com', mail, calendar: null },
      { mailbox: 'b@contoso.com', mail: null, calendar: null },
    ],
  })
})
