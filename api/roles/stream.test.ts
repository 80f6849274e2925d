// Roles held through a group, by whom and what, and what stays when a part cannot be read: Graph answers with what it was asked for.
import { beforeEach, describe, expect, it } from 'vitest'
import { neededFor } from '../connections/permissions.ts'
import { AppError } from '../errors.ts'
import { toAppErrorFromGraph } from '../graph/failure.ts'
import type { Graph } from '../graph/graph.ts'
import { streams } from '../subjects.ts'
import { openParts } from '../sync/parts.ts'
import type { Round } from '../sync/round.ts'
import { eligibilityStream } from './eligibilityStream.ts'
import type { RoleMemberDoc } from './rows.ts'
import { roleStream } from './stream.ts'

const needed = neededFor(streams)
const kim = { '@odata.type': '#microsoft.graph.user', id: 'u', displayName: 'Kim Kettle' }
const backup = { '@odata.type': '#microsoft.graph.servicePrincipal', id: 's', displayName: 'Backup' }
const admins = { '@odata.type': '#microsoft.graph.group', id: 'g', displayName: 'Admins' }
const gone = toAppErrorFromGraph({ path: '/groups/g/members', status: 404, code: 'Request_ResourceNotFound' }, needed)
const held = (principalId: string, principal?: object) => ({ roleDefinitionId: 'r', principalId, directoryScopeId: '/', ...(principal === undefined ? {} : { principal }) })

/** By the path up to its options; `expand` stands before one that expands. */
let answers: Record<string, unknown>
let asked: string[]
let rows: RoleMemberDoc[]
let stored: RoleMemberDoc[]
beforeEach(() => {
  asked = []
  rows = []
  stored = []
  answers = {
    'expand /roleManagement/directory/roleAssignments': [held('g', admins)],
    'expand /roleManagement/directory/roleEligibilityScheduleInstances': [],
    '/roleManagement/directory/roleDefinitions': [{ id: 'r', displayName: 'Global Administrator', templateId: 'R' }],
    '/groups/g/members': [kim],
    'expand /groups/g': { id: 'g', members: [kim, backup] },
    'expand /identityGovernance/privilegedAccess/group/eligibilitySchedules': [],
  }
})

const keyOf = (path: string) => `${path.includes('$expand') ? 'expand ' : ''}${path.split('?')[0]!}`
function answerTo(path: string): unknown {
  asked.push(path)
  const answer = answers[keyOf(path)] ?? gone
  if (answer instanceof AppError) throw answer
  return answer
}
const graph = {
  async get(path: string) {
    const answer = answerTo(path)
    return Promise.resolve(Array.isArray(answer) ? { value: answer } : answer)
  },
  batch: (items: { path: string }[]) =>
    Promise.resolve(items.map(({ path }) => {
      try {
        return { ok: true, body: answerTo(path) }
      } catch (error) {
        return { ok: false, error }
      }
    })),
} as unknown as Graph

function round(): Round {
  const list = {
    ofTenant: () => Promise.resolve(stored), tally: () => Promise.resolve({ seen: 1, unseen: 0 }), sweep: () => Promise.resolve(),
    write: (docs: RoleMemberDoc[]) => Promise.resolve((rows = docs)),
  }
  const stores: Record<string, object> = { roleMembers: list, eligibleMembers: list, bookmarks: { get: () => Promise.resolve(null), put: () => Promise.resolve(true) } }
  return {
    db: (of: { name: string }) => stores[of.name], graph, tenant: { _id: 't' }, unit: { _id: 't|roles', epoch: 1, bornEpoch: 0 }, now: () => new Date('2026-11-30T12:00:00Z'), parts: openParts(3), keepLease: () => Promise.resolve(),
  } as unknown as Round
}

const shown = () => rows.map(({ memberId, memberKind, memberName, viaGroup, assignment }) => [memberId, memberKind, memberName, viaGroup, assignment])

describe('members of a group', () => {
  it('an application among them is found, and kept by name, a person without', async () => {
    await roleStream.read(round())
    expect(shown()).toEqual([['u', 'user', null, 'Admins', 'active'], ['s', 'servicePrincipal', 'Backup', 'Admins', 'active']])
    expect(rows.map(({ roleTemplateId }) => roleTemplateId)).toEqual(['r', 'r'])
  })

  it('of a large group are listed with its applications in another way', async () => {
    const people = Array.from({ length: 20 }, (_, index) => ({ ...kim, id: `u${index}` }))
    answers['/groups/g/members'] = people
    answers['expand /groups/g'] = { id: 'g', members: people }
    const asking = round()
    const plain = asking.graph.get.bind(asking.graph)
    asking.graph.get = (path, prefer, consistency) => (consistency === 'eventual' ? Promise.resolve({ value: [...people, backup] }) : plain(path, prefer))
    await roleStream.read(asking)
    expect(rows).toHaveLength(21)
    expect(rows.at(-1)).toMatchObject({ memberId: 's', memberName: 'Backup' })
  })

  it('of a group that was deleted meanwhile are none, and the others are read', async () => {
    answers['expand /roleManagement/directory/roleAssignments'] = [held('deleted', { ...admins, id: 'deleted' }), held('g', admins)]
    await roleStream.read(round())
    expect(rows.map(({ memberId }) => memberId)).toEqual(['u', 's'])
  })

  it('of a group that cannot be read stay as they were, and the others are read', async () => {
    answers['expand /roleManagement/directory/roleAssignments'] = [held('h', { ...admins, id: 'h' }), held('g', admins)]
    answers['/groups/h/members'] = new AppError('serviceUnavailable')
    stored = [{ _id: 't|r|old|h|/', memberId: 'old' } as RoleMemberDoc, { _id: 't|r|left|g|/', memberId: 'left' } as RoleMemberDoc]
    const reading = round()
    await roleStream.read(reading)
    expect(rows.map(({ memberId }) => memberId)).toEqual(['old', 'u', 's'])
    expect(reading.parts.outcome()).toMatchObject({ unread: [{ what: 'group', id: 'h' }] })
  })
})

describe('a principal that is gone', () => {
  it('does not stop the list: each is asked for by itself, and the gone one is kept as unknown', async () => {
    answers['expand /roleManagement/directory/roleAssignments'] = gone
    answers['/roleManagement/directory/roleAssignments'] = [held('u'), held('nobody'), held('g')]
    answers['/directoryObjects/u'] = kim
    answers['/directoryObjects/g'] = admins
    await roleStream.read(round())
    expect(shown()).toEqual([['u', 'user', null, null, 'active'], ['nobody', 'unknown', null, null, 'active'], ['u', 'user', null, 'Admins', 'active'], ['s', 'servicePrincipal', 'Backup', 'Admins', 'active']])
  })

  it('the same among those who are eligible, and a principal that is there but null', async () => {
    answers['expand /roleManagement/directory/roleAssignments'] = [{ ...held('nobody'), principal: null }]
    answers['expand /roleManagement/directory/roleEligibilityScheduleInstances'] = gone
    answers['/roleManagement/directory/roleEligibilityScheduleInstances'] = [held('u'), held('nobody')]
    answers['/directoryObjects/u'] = kim
    await eligibilityStream.read(round())
    expect(shown()).toEqual([['u', 'user', null, null, 'eligible'], ['nobody', 'unknown', null, null, 'eligible']])
  })
})

describe('eligible members of a group that holds a role', () => {
  const schedule = (principal: object & { id: string }, more: object = {}) => ({ accessId: 'member', groupId: 'g', principalId: principal.id, principal, scheduleInfo: { startDateTime: '2026-01-01T00:00:00Z' }, ...more })

  it('are eligible for that role, through the group', async () => {
    answers['expand /identityGovernance/privilegedAccess/group/eligibilitySchedules'] = [
      schedule({ ...kim, id: 'soon' }), schedule({ ...kim, id: 'owner' }, { accessId: 'owner' }),
      schedule({ ...kim, id: 'later' }, { scheduleInfo: { startDateTime: '2027-01-01T00:00:00Z' } }),
      schedule({ ...kim, id: 'over' }, { scheduleInfo: { startDateTime: '2026-01-01T00:00:00Z', expiration: { endDateTime: '2026-06-01T00:00:00Z' } } }),
    ]
    await eligibilityStream.read(round())
    expect(shown()).toEqual([['soon', 'user', null, 'Admins', 'eligible']])
    expect(asked.filter((path) => path.includes('privilegedAccess')).every((path) => path.includes("$filter=groupId eq 'g'"))).toBe(true)
  })

  it('are not asked for where no group holds a role', async () => {
    answers['expand /roleManagement/directory/roleAssignments'] = [held('u', kim)]
    await eligibilityStream.read(round())
    expect(asked.filter((path) => path.includes('privilegedAccess'))).toEqual([])
  })

  it('stay as they were without the permission, which is named; what else is eligible is read', async () => {
    answers['expand /roleManagement/directory/roleEligibilityScheduleInstances'] = [held('u', kim)]
    answers['expand /identityGovernance/privilegedAccess/group/eligibilitySchedules'] = toAppErrorFromGraph({ path: '/identityGovernance/privilegedAccess/group/eligibilitySchedules', status: 403, code: 'Authorization_RequestDenied' }, needed)
    stored = [{ _id: 't|r|soon|g|/|pim', memberId: 'soon' } as RoleMemberDoc, { _id: 't|r|left|-|/', memberId: 'left' } as RoleMemberDoc]
    await expect(eligibilityStream.read(round())).rejects.toMatchObject({ code: 'notGranted', message: expect.stringContaining('PrivilegedEligibilitySchedule.Read.AzureADGroup') as string })
    expect(rows.map(({ memberId }) => memberId)).toEqual(['soon', 'u'])
  })
})
