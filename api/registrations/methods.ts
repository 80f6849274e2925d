// Where a tenant has no report: the methods of its privileged accounts, asked one by one.
import { accountKey, Accounts } from '../accounts/rows.ts'
import { AppError } from '../errors.ts'
import { labelOf } from '../roles/privileged.ts'
import { EligibleMembers, RoleMembers } from '../roles/rows.ts'
import { roleStream } from '../roles/stream.ts'
import { inLane } from '../sync/lane.ts'
import { NotYet, type Round } from '../sync/round.ts'
import { Units } from '../sync/units.ts'
import { isOfOne, noteEach, portion } from './each.ts'
import { readMethodTypes } from './graph.ts'
import { Registrations, type RegistrationDoc } from './rows.ts'

/** Roles are being read in another unit: it takes a moment. */
const rolesSeconds = 2

/** Neither a second factor nor a way to sign in without a password. */
const notMfa = new Set(['password', 'email', 'qrCodePin'])

/** @throws NotYet when it is not known yet who is privileged */
export async function syncMethods(round: Round): Promise<void> {
  const { db, graph, tenant, unit, now } = round
  const lane = round.lane!
  for (let left = await privilegedIds(round); left.length > 0; ) {
    const ids = left
    const [count, answers] = await inLane(lane, Math.min(portion, ids.length), round, async (count) => [count, await readMethodTypes(graph, ids.slice(0, count))])
    left = left.slice(count)
    // What came is kept, whatever the others say.
    const came = [...answers.values()].some((types) => !(types instanceof AppError))
    await db(Registrations).write(
      [...answers].flatMap(([accountId, types]): RegistrationDoc[] => {
        const row = { _id: accountKey(tenant._id, accountId), tenantId: tenant._id, accountId, readAt: now(), reading: unit.epoch }
        if (types instanceof AppError) return came && isOfOne(types) ? [{ ...row, capable: null, registered: null, methods: [], source: 'unreadable' }] : []
        const able = types.some((type) => !notMfa.has(type))
        return [{ ...row, capable: able, registered: able, methods: types, source: 'methods' }]
      }),
    )
    await noteEach(round, answers, false)
  }
}

/** Who is asked, longest unread first: where a round ends early, the next one goes on. */
async function privilegedIds({ db, tenant }: Round): Promise<string[]> {
  const [roles] = await db(Units).ofStreams([tenant._id], [roleStream.name])
  if (roles?.lastSuccessAt === null && roles.lastError === null) throw new NotYet(rolesSeconds)
  const members = [...(await db(RoleMembers).ofTenant(tenant._id)), ...(await db(EligibleMembers).ofTenant(tenant._id))]
  const known = new Set((await db(Accounts).ofTenant(tenant._id)).map(({ accountId }) => accountId))
  const privileged = members.filter(({ memberId, memberKind, roleTemplateId }) => (memberKind === 'user' || known.has(memberId)) && labelOf(roleTemplateId) !== null)
  const ids = [...new Set(privileged.map(({ memberId }) => memberId))]
  const readAt = new Map((await db(Registrations).of(ids.map((id) => accountKey(tenant._id, id)))).map((row) => [row.accountId, row.readAt.getTime()]))
  return ids.sort((a, b) => (readAt.get(a) ?? 0) - (readAt.get(b) ?? 0) || a.localeCompare(b))
}
