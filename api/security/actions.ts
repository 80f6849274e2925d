// Security across customers, to take along.
import { Audit } from '../access/auditRows.ts'
import type { Actor } from '../access/model.ts'
import type { Acting } from '../context.ts'
import { toCsv } from '../csv.ts'
import type { Coverage } from '../posture/model.ts'
import { security } from './query.ts'

// As the screen says it: what is unknown is a word, never an empty cell and never 0.
const unknown = 'Unknown'
const cells = (coverage: Coverage | null) => (coverage === null ? [unknown, unknown, unknown, unknown] : [coverage.capable, coverage.notCapable, coverage.unknown, coverage.of])

/** CSV: a row a customer, worst first; every customer is in it. */
async function exportSecurity(on: Acting, actor: Actor): Promise<{ text: string; cutAt: null }> {
  const { db, now } = on
  await db(Audit).add(actor, now(), { action: 'security.export', target: 'security' })
  const { items } = await security(on, actor)
  const four = (what: string) => [`${what} capable`, `${what} not capable`, `${what} unknown`, `${what} of`]
  const text = toCsv(
    ['Customer', ...four('MFA'), ...four('Privileged MFA'), 'Open findings', 'As of (UTC)', 'Unknown because'],
    items.map((row) => [row.name, ...cells(row.mfa), ...cells(row.privilegedMfa), row.openFindings ?? unknown, row.asOf ?? 'Not read yet', row.unknownReason ?? '']),
  )
  return { text, cutAt: null }
}

export const securityActions = { exportSecurity }
