// Roles held through a group, by whom and what: Graph answers with what it was asked for and nothing else.
import { expect, it } from 'vitest'
import type { Graph } from '../graph/client.ts'
import type { RoleMemberDoc } from '../model/evidence.ts'
import type { Round } from './round.ts'
import { syncRoles } from './roles.ts'

const answers: Record<string, object[]> = {
  roleAssignments: [{ roleDefinitionId: 'r', principalId: 'g', directoryScopeId: '/', principal: { '@odata.type': '#microsoft.graph.group', id: 'g', displayName: 'Admins' } }],
  roleDefinitions: [{ id: 'r', displayName: 'Global Administrator', templateId: 'R' }],
  members: [
    { '@odata.type': '#microsoft.graph.user', id: 'u', displayName: 'Kim Kettle' },
    { '@odata.type': '#microsoft.graph.servicePrincipal', id: 's', displayName: 'Backup' },
  ],
}
const graph = {
  get(path: string) {
    const name = /([a-zA-Z]+)\?/.exec(path)![1]!
    const selected = /\$select=([^&]+)/.exec(path)?.[1]?.split(',')
    const shown = (one: object) => Object.fromEntries(Object.entries(one).filter(([field]) => selected === undefined || field.startsWith('@') || selected.includes(field)))
    return Promise.resolve({ value: answers[name]!.map(shown) })
  },
} as unknown as Graph

it('an application in a group is kept by name, a person without', async () => {
  const rows: RoleMemberDoc[] = []
  const store = {
    roleMembers: { write: (docs: RoleMemberDoc[]) => Promise.resolve(rows.push(...docs)), tally: () => Promise.resolve({ seen: 2, unseen: 0 }), sweep: () => Promise.resolve() },
    bookmarks: { get: () => Promise.resolve(null), put: () => Promise.resolve(true) },
  }
  await syncRoles({ store, graph, tenant: { _id: 't' }, unit: { epoch: 1 }, now: () => new Date(), keepLease: () => Promise.resolve() } as unknown as Round)
  expect(rows.map(({ memberId, memberKind, memberName, viaGroup, roleTemplateId }) => [memberId, memberKind, memberName, viaGroup, roleTemplateId])).toEqual([
    ['u', 'user', null, 'Admins', 'r'], ['s', 'servicePrincipal', 'Backup', 'Admins', 'r'],
  ])
})
