import { expect, test } from 'vitest'
import { hearEvents } from './changes.ts'

/** What is told of a stream that comes in these pieces, after each of them, and how often something was heard. */
async function toldOf(...pieces: string[]) {
  const told: string[] = []
  const after: string[][] = []
  let heard = 0
  const bytes = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const piece = pieces.shift()
      if (piece === undefined) return controller.close()
      controller.enqueue(new TextEncoder().encode(piece))
      await new Promise((resolve) => setTimeout(resolve))
      after.push([...told])
    },
  })
  await hearEvents(bytes, { heard: () => (heard += 1), told: (data) => told.push(data) })
  return { after, heard }
}

test('only complete events are told, and what is left waits for more', async () => {
  expect(await toldOf(': hello\n\ndata: {"a":1}\n\nevent: x\ndata: tw', 'o\ndata: lines\n\n')).toEqual({ after: [['{"a":1}'], ['{"a":1}', 'two\nlines']], heard: 2 })
})

test('carriage returns end lines too', async () => {
  expect((await toldOf('data:1\r\n\r\ndata: 2\r\n\r\n')).after).toEqual([['1', '2']])
})

test('a comment is heard, and nothing is told of it', async () => {
  expect(await toldOf(': still here\n\n')).toEqual({ after: [[]], heard: 1 })
})
