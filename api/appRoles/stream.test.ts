// Who may use Outpost through a group, also when that group is gone.
import { describe, expect, it } from 'vitest'
import { toAppErrorFromGraph } from '../graph/failure.ts'
import type { Round } from '../sync/round.ts'
import { appRoleStream } from './stream.ts'

describe('app roles that are assigned to a group', () => {
  const client = 'app'
  async function holdersWhen(status: number) {
    const written: { userId: string }[] = []
    const answers: Record<string, () => object> = {
      [`/servicePrincipals(appId='${client}')`]: () => ({ id: 'sp', appRoles: [{ id: 'r', value: 'Member' }] }),
      [`/servicePrincipals(appId='${client}')/appRoleAssignedTo`]: () => ({
        value: [{ appRoleId: 'r', principalId: 'deleted', principalType: 'Group' }, { appRoleId: 'r', principalId: 'g', principalType: 'Group' }, { appRoleId: 'r', principalId: 'u', principalType: 'User' }],
      }),
      '/groups/g/members': () => ({ value: [{ '@odata.type': '#microsoft.graph.user', id: 'm' }] }),
      '/groups/deleted/members': () => {
        throw toAppErrorFromGraph({ path: '/groups/deleted/members', status, code: 'Request_ResourceNotFound' }, () => null)
      },
    }
    // eslint-disable-next-line @typescript-eslint/require-await -- the answers throw
    const get = async (path: string) => answers[path.split('?')[0]!]!()
    const appRoleHolders = {
      write: (rows: { userId: string }[]) => Promise.resolve(void written.push(...rows)), tally: () => Promise.resolve({ seen: 2, unseen: 0 }), sweep: () => Promise.resolve(),
    }
    const rows: Record<string, object> = { appRoleHolders, bookmarks: { get: () => Promise.resolve(null), put: () => Promise.resolve(true) } }
    const db = (of: { name: string }) => rows[of.name]
    await appRoleStream.read({ db, ownClientId: client, graph: { get }, tenant: { _id: 't' }, unit: { _id: 't|appRoles', epoch: 1, bornEpoch: 0 }, now: () => new Date(), keepLease: () => Promise.resolve() } as unknown as Round)
    return written.map(({ userId }) => userId)
  }

  it('which was deleted: the others keep theirs', async () => {
    expect(await holdersWhen(404)).toEqual(['m', 'u'])
  })

  it('which cannot be read: nobody loses a role over it', async () => {
    await expect(holdersWhen(500)).rejects.toMatchObject({ code: 'serviceUnavailable' })
  })
})
