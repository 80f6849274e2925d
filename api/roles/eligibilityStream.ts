// What PIM makes eligible: roles, and membership of groups that hold one. Each needs a permission of its own.
import { AppError, type ErrorCode } from '../errors.ts'
import type { Round } from '../sync/round.ts'
import type { Stream } from '../sync/stream.ts'
import { listOf, replaceList } from '../sync/walk.ts'
import { directoryRead } from '../tenants/directoryRead.ts'
import { groupsThroughPim, readEligibilities, readGroupEligibilities, readRoleAssignments, readRoleDefinitions, rolesThroughPim, type Assignment } from './graph.ts'
import { isJoinable, joinableMark, kindOf, numbered, rowOf, rowsOf, type Definitions } from './members.ts'
import { EligibleMembers, type RoleMemberDoc } from './rows.ts'

export const eligibilityStream: Stream = {
  name: 'eligibility',
  words: { title: 'Roles that can be activated', one: 'list of eligible roles', many: 'lists of eligible roles', per: 'tenant' },
  of: 'every',
  needs: [directoryRead],
  optional: [rolesThroughPim, groupsThroughPim],
  order: 7,
  rows: [EligibleMembers],
  read,
}

/**
 * Eligible assignments, and who can become a member of a group that holds a role. Without the permission for one of them this
 * stream fails, and what it would say stays unknown.
 * @returns rows written
 */
async function read(round: Round): Promise<number> {
  const { db, tenant } = round
  const eligible = await readEligibilities(round.graph)
  const definitions = await readRoleDefinitions(round.graph)
  const rows = await rowsOf(round, 'eligible', eligible, definitions, db(EligibleMembers))
  const assignments = [...(await readRoleAssignments(round.graph)), ...eligible]
  const { joinable, failure } = await readJoinable(round, assignments.filter(({ principal }) => kindOf(principal) === 'group'), definitions)
  // What could not be read this time is not gone.
  const kept = failure === null ? [] : (await db(EligibleMembers).ofTenant(tenant._id)).filter(isJoinable)
  const all = [...new Map([...kept, ...rows, ...joinable].map((row) => [row._id, row])).values()]
  await replaceList(round, all.length, listOf('eligibility', db(EligibleMembers), tenant._id, numbered(all)))
  if (failure !== null) throw failure
  return all.length
}

const ofOneGroup: ReadonlySet<ErrorCode> = new Set(['graphUnexpected', 'objectGone', 'refused'])

/** Roles within reach of those who can become members of a group. @returns what could be read, and what stopped the rest */
async function readJoinable(round: Round, ofGroups: Assignment[], definitions: Definitions): Promise<{ joinable: RoleMemberDoc[]; failure: AppError | null }> {
  const joinable: RoleMemberDoc[] = []
  let first: AppError | null = null
  for (const groupId of new Set(ofGroups.map(({ principalId }) => principalId))) {
    try {
      const members = await readGroupEligibilities(round.graph, groupId, round.now())
      for (const one of ofGroups.filter(({ principalId }) => principalId === groupId)) {
        for (const member of members) {
          const row = rowOf(round, 'eligible', one, member, one.principal!, definitions)
          joinable.push({ ...row, _id: `${row._id}${joinableMark}` })
        }
      }
    } catch (failure) {
      if (!(failure instanceof AppError) || failure.code === 'leaseLost') throw failure
      first ??= failure
      // What is not about this group alone would stop the others, too.
      if (!ofOneGroup.has(failure.code)) break
    }
    await round.keepLease()
  }
  return { joinable, failure: first }
}
