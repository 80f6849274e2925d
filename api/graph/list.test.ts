import { expect, it } from 'vitest'
import { readAll } from './list.ts'
import { noteSize } from './page.ts'

/** Graph whose pages lead on as told. */
const leading = (next: (page: number) => string, bytes = 10) => {
  let page = 0
  return {
    get() {
      const body = { value: [{ page }], '@odata.nextLink': next(++page) }
      noteSize(body, bytes)
      return Promise.resolve(body)
    },
  }
}

it.each([
  ['leads to itself', leading(() => 'https://graph.microsoft.com/v1.0/x'), {}],
  ['leads round in a circle', leading((page) => `https://graph.microsoft.com/v1.0/x?page=${page % 3}`), {}],
  ['has pages without end', leading((page) => `https://graph.microsoft.com/v1.0/x?page=${page}`), { pages: 5 }],
  ['has too many bytes', leading((page) => `https://graph.microsoft.com/v1.0/x?page=${page}`, 1_000), { bytes: 5_000 }],
  ['takes too long', leading((page) => `https://graph.microsoft.com/v1.0/x?page=${page}`), { milliseconds: 0 }],
])('a list that %s ends with an error, not with the memory', async (_, graph, limit) => {
  const limits = { pages: 50, bytes: 1_000_000, milliseconds: 60_000, ...limit }
  await expect(readAll(graph, '/x', limits)).rejects.toMatchObject({ code: 'listEndless' })
})

it('a list that ends is read to its end', async () => {
  const pages: Record<string, object> = { '/x': { value: [{ n: 1 }, null, { n: 2 }], '@odata.nextLink': 'https://graph.microsoft.com/v1.0/x?2' }, 'https://graph.microsoft.com/v1.0/x?2': { value: [{ n: 3 }] } }
  expect(await readAll({ get: (link) => Promise.resolve(pages[link] as Record<string, unknown>) }, '/x')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
})
