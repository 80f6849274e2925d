// Where a folder lies decides whether its mail is read, so what Graph leaves out must not move it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestStore } from '../../bot/alerts/testDatabase.ts'

let test: Awaited<ReturnType<typeof openTestStore>>
beforeAll(async () => {
  test = await openTestStore()
})
afterAll(() => test.close())

it('a folder of which only something else has changed stays below its parent; one that has moved does not', async () => {
  const { folders } = test.store
  const parents = async () => (await folders.ofUnit('u')).map(({ folderId, parentFolderId, round }) => [folderId, parentFolderId, round])
  await folders.write('u', [{ folderId: 'a', parentFolderId: 'deleteditems', round: 1 }, { folderId: 'b', parentFolderId: 'deleteditems', round: 1 }], [])
  await folders.write('u', [{ folderId: 'a', parentFolderId: undefined, round: 2 }, { folderId: 'b', parentFolderId: 'inbox', round: 2 }], [])
  expect(await parents()).toEqual([['a', 'deleteditems', 2], ['b', 'inbox', 2]])
})
