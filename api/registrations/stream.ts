// What accounts can sign in with: the registration report or, in a tenant that has none, the methods of its privileged accounts.
import type { UserRegistrationDetails } from '@microsoft/microsoft-graph-types'
import { AppError } from '../errors.ts'
import { hasPremium } from '../accounts/graph.ts'
import type { Page } from '../graph/page.ts'
import { failsBySize } from '../graph/pageSize.ts'
import { readMethodTypes, readRegistrations, readRegistrationsOf, registrationPageSize } from './graph.ts'
import type { RegistrationDoc } from '../posture/evidence.ts'
import { labelOf } from '../roles/privileged.ts'
import { inLane, reportLane, sendNow } from '../sync/lane.ts'
import { NotYet, walk, type Round } from '../sync/walk.ts'

/** A request costs at most one place in the lane, and a batch as many as it holds. */
const portion = 5
/** Roles are being read in another unit: it takes a moment. */
const rolesSeconds = 2

/**
 * MFA registration. Method types only are kept. A tenant without Entra ID P1 has no report: then privileged accounts are asked
 * one by one, and the stream still says that the others are unknown, and why.
 * @returns rows seen
 * @throws NotYet when it is not known yet who is privileged
 */
export async function syncRegistrations(round: Round): Promise<number> {
  try {
    return await syncReport(round)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'licenceMissing') throw error
    // Microsoft has been seen to say so of tenants that have the licence: it is believed only when none is there.
    if (await hasPremium(round.graph)) {
      throw new AppError('serviceUnavailable', {
        cause: error,
        sentence: 'Microsoft says that the licence for this report is missing, although the tenant has it. This is known to pass; Outpost tries again by itself.',
      })
    }
    await syncMethods(round)
    throw error
  }
}

type Registered = UserRegistrationDetails & { unreadable?: true }
const container = 'mfa'
/** A link of ours, no address of Graph: from here on accounts are asked for one by one, behind the one that it names. */
const oneByOne = 'one-by-one:'

async function syncReport(round: Round): Promise<number> {
  const { store, tenant } = round
  const read = reportReader(round)
  const { items } = await walk<Registered>(round, {
    container,
    version: container,
    read,
    write: (rows, number) => store.registrations.write(rows.flatMap((row) => registrationOf(round, row, number))),
    tally: (number) => store.registrations.tally(tenant._id, number),
    sweep: (number) => store.registrations.sweep(tenant._id, number),
  })
  return items
}

/**
 * Reads the report page by page. A page that fails by its size is not asked for again: a link keeps the size that it was made with, so
 * the list begins anew in smaller pages, which changes nothing of what was written. Where even that costs more requests than there are
 * accounts left, these are asked for one by one.
 */
function reportReader(round: Round): (link: string | null) => Promise<Page<Registered>> {
  const { graph, store, tenant, unit } = round
  const lane = reportLane(tenant._id)
  let size = registrationPageSize
  let unseen: string[] | undefined
  const singly = async (after: string) => {
    unseen ??= await unseenIds(round)
    return readOneByOne(round, unseen, after, unseen.length < (await store.accounts.countOf(tenant._id)))
  }

  async function page(link: string | null): Promise<Page<Registered>> {
    const read = () => readRegistrations(graph, link === null ? { size } : { link })
    // The first page of a round does not wait: one request is never too many, and Microsoft would say how long to wait.
    return link === null && size === registrationPageSize ? sendNow(lane, read) : inLane(lane, 1, round, read)
  }

  return async (link) => {
    if (link?.startsWith(oneByOne) === true) return singly(link.slice(oneByOne.length))
    for (let at = link; ; at = null) {
      try {
        return await page(at)
      } catch (error) {
        if (!failsBySize(error)) throw error
        const [left, all] = [(await unseenIds(round)).length, await store.accounts.countOf(tenant._id)]
        // A page that can hold every account is the same page, whatever its size.
        const smaller = Math.floor((all > 0 ? Math.min(size, all) : size) / 2)
        // Where every size fails Microsoft may be away for a moment, and where no account is known there is nobody to ask for.
        if (smaller === 0 && (unit.attempts === 0 || all === 0)) throw error
        if (smaller === 0 || (all > 0 && all / smaller >= left)) return singly('')
        size = smaller
      }
    }
  }
}

/** Accounts that no page of this reading has shown, in the order of their ids. */
async function unseenIds({ store, tenant, unit }: Round): Promise<string[]> {
  const bookmark = await store.bookmarks.get(unit._id, container)
  const before = bookmark === null ? -1 : bookmark.kind === 'next' ? bookmark.round - 1 : bookmark.round
  const seen = new Set((await store.registrations.ofTenant(tenant._id)).flatMap(({ accountId, round }) => (round > before ? [accountId] : [])))
  return (await store.accounts.ofTenant(tenant._id)).map(({ accountId }) => accountId).filter((id) => !seen.has(id)).sort()
}

/**
 * The rows of the next accounts. What cannot be read even so is named, and does not stop the rest.
 * @param others whether pages of this reading have shown other accounts: then Microsoft is not away
 */
async function readOneByOne(round: Round, unseen: readonly string[], after: string, others: boolean): Promise<Page<Registered>> {
  const left = unseen.filter((id) => id > after)
  if (left.length === 0) return { items: [], bytes: 0, link: null }
  const [ids, rows] = await inLane(reportLane(round.tenant._id), Math.min(portion, left.length), round, async (count) => {
    const asked = left.slice(0, count)
    return [asked, await readRegistrationsOf(round.graph, asked)]
  })
  await noteEach(round, rows, others)
  const items = [...rows].map(([id, row]): Registered => (row instanceof AppError ? { id, unreadable: true } : row))
  return { items, bytes: 0, link: left.length === ids.length ? null : { kind: 'next', url: `${oneByOne}${ids.at(-1)!}` } }
}

/**
 * Counts what came, and notes by name what did not.
 * @throws AppError what is not about one account alone, nothing that came at all included
 */
async function noteEach({ parts }: Round, answers: ReadonlyMap<string, unknown>, others: boolean): Promise<void> {
  const came = [...answers].filter(([, answer]) => !(answer instanceof AppError))
  for (const [id] of came) await parts.attempt({ what: 'account', id }, () => Promise.resolve())
  for (const [id, answer] of answers) {
    if (!(answer instanceof AppError)) continue
    if (isOfOne(answer) && (others || came.length > 0)) parts.skip({ what: 'account', id }, answer)
    else await parts.attempt({ what: 'account', id }, () => Promise.reject(answer))
  }
}

/** Whether an error may be about one account alone, where Microsoft answers for others at the same time. */
const isOfOne = ({ code, retryAfterSeconds }: AppError): boolean => code === 'serviceUnavailable' && retryAfterSeconds === undefined

function registrationOf({ tenant, now }: Round, row: Registered, round: number): RegistrationDoc[] {
  if (typeof row.id !== 'string') return []
  const methods = Array.isArray(row.methodsRegistered) ? row.methodsRegistered.filter((method) => typeof method === 'string') : []
  return [{
    _id: `${tenant._id}|${row.id}`, tenantId: tenant._id, accountId: row.id, capable: row.isMfaCapable ?? null, registered: row.isMfaRegistered ?? null,
    methods, readAt: now(), source: row.unreadable === true ? 'unreadable' : 'report', round,
  }]
}

/** Neither a second factor nor a way to sign in without a password. */
const notMfa = new Set(['password', 'email', 'qrCodePin'])

async function syncMethods(round: Round): Promise<void> {
  const { store, graph, tenant, unit, now } = round
  const lane = reportLane(tenant._id)
  for (let left = await privilegedIds(round); left.length > 0; ) {
    const ids = left
    const [count, answers] = await inLane(lane, Math.min(portion, ids.length), round, async (count) => [count, await readMethodTypes(graph, ids.slice(0, count))])
    left = left.slice(count)
    // What came is kept, whatever the others say.
    const came = [...answers.values()].some((types) => !(types instanceof AppError))
    await store.registrations.write(
      [...answers].flatMap(([accountId, types]): RegistrationDoc[] => {
        const row = { _id: `${tenant._id}|${accountId}`, tenantId: tenant._id, accountId, readAt: now(), round: unit.epoch }
        if (types instanceof AppError) return came && isOfOne(types) ? [{ ...row, capable: null, registered: null, methods: [], source: 'unreadable' }] : []
        const able = types.some((type) => !notMfa.has(type))
        return [{ ...row, capable: able, registered: able, methods: types, source: 'methods' }]
      }),
    )
    await noteEach(round, answers, false)
  }
}

/** Who is asked, longest unread first: where a round ends early, the next one goes on. */
async function privilegedIds({ store, tenant }: Round): Promise<string[]> {
  const [roles] = await store.units.ofStream([tenant._id], 'roles')
  if (roles?.lastSuccessAt === null && roles.lastError === null) throw new NotYet(rolesSeconds)
  const members = [...(await store.roleMembers.ofTenant(tenant._id)), ...(await store.eligibleMembers.ofTenant(tenant._id))]
  const known = new Set((await store.accounts.ofTenant(tenant._id)).map(({ accountId }) => accountId))
  const privileged = members.filter(({ memberId, memberKind, roleTemplateId }) => (memberKind === 'user' || known.has(memberId)) && labelOf(roleTemplateId) !== null)
  const ids = [...new Set(privileged.map(({ memberId }) => memberId))]
  const readAt = new Map((await store.registrations.of(ids.map((id) => `${tenant._id}|${id}`))).map((row) => [row.accountId, row.readAt.getTime()]))
  return ids.sort((a, b) => (readAt.get(a) ?? 0) - (readAt.get(b) ?? 0) || a.localeCompare(b))
}
