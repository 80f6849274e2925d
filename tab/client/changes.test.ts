import { expect, test } from 'vitest'
import { takeEvents } from './changes.ts'

test('only complete events are taken, and what is left waits for more', () => {
  const first = takeEvents(': hello\n\ndata: {"a":1}\n\nevent: x\ndata: tw')
  expect(first).toEqual({ events: ['{"a":1}'], rest: 'event: x\ndata: tw' })
  expect(takeEvents(`${first.rest}o\ndata: lines\n\n`)).toEqual({ events: ['two\nlines'], rest: '' })
})

test('carriage returns end lines too', () => {
  expect(takeEvents('data:1\r\n\r\ndata: 2\r\n\r\n').events).toEqual(['1', '2'])
})
