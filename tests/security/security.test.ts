// Security across customers: a row each, worst first, and unknown said as unknown.
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Posture } from '../../api/posture/model.ts'
import type { Security } from '../../api/security/model.ts'
import { openHouse, type House } from '../house/house.fixture.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

const posture = async (name: string) => house.get<Posture>(`/customers/${(await house.customer(name)).id}/posture`, 'Viewer')

describe('security across customers', () => {
  it('has a row a customer, worst first, and leaves nobody out in silence', async () => {
    await house.as('Admin', 'POST', '/customers', { name: '=cmd|x', domains: ['wingtip.example'] })
    const { items, signals } = await house.get<Security>('/security', 'Viewer')
    expect(items.map((row) => row.name).sort()).toEqual(['=cmd|x', 'Contoso', 'Fabrikam', 'Tailspin Toys'])
    // By open findings, then by coverage; of whom nothing is known stands at the end.
    expect(items.at(-1)).toMatchObject({ name: '=cmd|x', mfa: null, privilegedMfa: null, openFindings: null })
    const open = items.slice(0, -1).map((row) => row.openFindings!)
    expect(open).toEqual(open.toSorted((a, b) => b - a))
    expect(open[0]).toBeGreaterThan(0)
    const known = items.filter((row) => row.mfa !== null)
    for (const signal of signals) {
      expect(signal.customers + signal.leftOut.length).toBe(signal.of)
      const inside = known.filter((row) => row[signal.signal]!.of > row[signal.signal]!.unknown)
      const mean = inside.reduce((sum, row) => sum + row[signal.signal]!.capable / row[signal.signal]!.of, 0) / inside.length
      expect(signal.average).toBeCloseTo(mean, 10)
      expect(signal.leftOut.map(({ name }) => name)).toContain('=cmd|x')
    }
    for (const row of known) {
      const { mfa, privilegedMfa } = await posture(row.name)
      expect({ mfa: row.mfa, privilegedMfa: row.privilegedMfa }).toEqual({ mfa, privilegedMfa })
    }
  })

  it('where roles were never read, who is privileged is unknown, is said so, and does not pass for good', async () => {
    const { tenants, id: customerId } = await house.customer('Fabrikam')
    const { id: tenantId } = tenants[0]!
    await house.simulator('POST', '/faults', { match: '/roleManagement/directory/roleAssignments', status: 403, code: 'Authorization_RequestDenied', message: 'x' })
    await house.db.collection('roleMembers').deleteMany({ tenantId })
    await house.db.collection('units').updateOne({ tenantId, stream: 'roles' }, { $set: { lastSuccessAt: null } })
    await house.synced('roles')
    const { items, signals } = await house.get<Security>('/security', 'Viewer')
    const row = items.find((one) => one.customerId === customerId)!
    expect(row).toMatchObject({ privilegedMfa: null, unknownReason: expect.stringContaining('The directory roles could not be read') as string })
    expect(row.mfa!.of).toBeGreaterThan(0)
    const sameFindings = items.filter((one) => (one.openFindings ?? 0) === (row.openFindings ?? 0) && one.privilegedMfa !== null)
    for (const good of sameFindings) expect(items.indexOf(row)).toBeLessThan(items.indexOf(good))
    const left = signals.find(({ signal }) => signal === 'privilegedMfa')!.leftOut.find((one) => one.customerId === customerId)!
    expect(left.reason).toBe(row.unknownReason)
    await house.simulator('DELETE', '/faults')
    await house.synced('roles')
    expect((await house.get<Security>('/security')).items.find((one) => one.customerId === customerId)).toMatchObject({ unknownReason: null, privilegedMfa: { unknown: 0 } })
  })

  it('leaves as CSV: a row a customer, whatever it is called, and no cell is a formula', async () => {
    // Stored before such names were refused.
    await house.db.collection('customers').updateOne({ name: '=cmd|x' }, { $set: { name: 'Wingtip\n=1+1;=2+2' } })
    const { token } = await house.simulator<{ token: string }>('POST', `/personas/${house.personas.Viewer.upn}/token`)
    const response = await fetch(`${house.origin}/api/v1/security.csv`, { headers: { Authorization: `Bearer ${token}` } })
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/)
    // Every customer is in it.
    expect(response.headers.get('x-outpost-cut-at')).toBeNull()
    // Not its text(), which takes the mark of UTF-8 away.
    const text = Buffer.from(await response.arrayBuffer()).toString('utf8')
    expect(text.slice(0, 2)).toBe('\uFEFF"')
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(5)
    for (const line of lines) for (const cell of line.split(/[,;]/)) expect(cell).not.toMatch(/^[\s"]*[=+\-@]/)
    const rows: string[][] = parse(text, { bom: true })
    expect(rows.map((row) => row.length)).toEqual(rows.map(() => 12))
    // Nothing has been read of the last one: a word in each cell, as on the screen, and neither empty nor 0.
    expect(rows.at(-1)).toEqual(["Wingtip =1+1;'=2+2", ...Array.from({ length: 9 }, () => 'Unknown'), 'Not read yet', expect.stringMatching(/^No tenant of its own/) as string])
  })
})
