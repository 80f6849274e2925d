// Where a folder lies decides whether its mail is read, so what Graph leaves out must not move it.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase } from '../database/database.fixture.ts'
import { Folders } from './folderRows.ts'

let test: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  test = await openTestDatabase()
})
afterAll(() => test.close())

it('a folder of which only something else has changed stays below its parent; one that has moved does not', async () => {
  const folders = test.db(Folders)
  const parents = async () => (await folders.ofUnit('u')).map(({ folderId, parentFolderId, reading }) => [folderId, parentFolderId, reading])
  await folders.write('u', [{ folderId: 'a', parentFolderId: 'deleteditems', reading: 1 }, { folderId: 'b', parentFolderId: 'deleteditems', reading: 1 }], [])
  await folders.write('u', [{ folderId: 'a', parentFolderId: undefined, reading: 2 }, { folderId: 'b', parentFolderId: 'inbox', reading: 2 }], [])
  expect(await parents()).toEqual([['a', 'deleteditems', 2], ['b', 'inbox', 2]])
})
