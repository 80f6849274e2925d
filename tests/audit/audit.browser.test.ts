// Admin → Audit and the exports in a real browser: who did what, found by action and by person, and saved as CSV.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditList } from '../../api/access/auditModel.ts'
import type { TenantList } from '../../api/connections/model.ts'
import type { Coverage } from '../../api/posture/model.ts'
import type { Security } from '../../api/security/model.ts'
import { openDesk, type Desk } from '../house/desk.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

/** What a spreadsheet would run, and what people and customers can be called. */
const formula = '=HYPERLINK("http://evil.example","Invoice")'
const inCsv = `"'${formula.replaceAll('"', '""')}"`

let house: House
let desk: Desk
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  const { items } = await house.get<TenantList>('/tenants')
  await house.as('Member', 'POST', `/tenants/${items[0]!.id}/sync`)
  await house.db.collection('accounts').updateOne({ accountId: house.personas.Member.userId }, { $set: { displayName: formula } })
  await house.as('Admin', 'POST', '/customers', { name: formula, domains: ['wingtip.example'] })
  desk = await openDesk(house)
  await desk.goTo('admin/audit')
})
afterAll(async () => {
  await desk?.close()
  await house?.close()
})

const rows = () => desk.tab.getByRole('table', { name: 'Audit log' }).getByRole('row')
/** Who did what, without when, as the page shows it once it shows `count` rows. */
const shown = async (count: number) => {
  await until(`${count} rows`, async () => (await rows().count()) === count + 1)
  const cellsOf = (row: Element) => [...row.querySelectorAll('[role=cell]')].map((cell) => cell.textContent)
  const cells = await Promise.all((await rows().all()).slice(1).map((row) => row.evaluate(cellsOf)))
  return cells.map(([, who, action]) => `${who}: ${action}`)
}
const choose = (label: 'Action' | 'Person', option: string) => desk.tab.getByLabel(label, { exact: true }).selectOption({ label: option })

/** Presses "Export CSV" and reads the file that the browser saves. */
async function exported(): Promise<{ name: string; lines: string[] }> {
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.tab.getByRole('button', { name: 'Export CSV' }).click()])
  const name = download.suggestedFilename()
  await desk.tab.getByText(`Saved as ${name}. The export is recorded in the audit log.`).waitFor()
  const text = await readFile(await download.path(), 'utf8')
  expect(text.startsWith('\uFEFF')).toBe(true)
  return { name, lines: text.slice(1).trimEnd().split('\r\n') }
}

it('everything that was done stands there, newest first, with who did it', async () => {
  const admin = house.personas.Admin.name
  expect(await shown(7)).toEqual([
    `${admin}: Added a customer`, `${formula}: Asked for a sync`, `${admin}: Asked for a sync`, `${admin}: Asked for a sync`,
    `${admin}: Connected a tenant`, `${admin}: Connected a tenant`, `${admin}: Added a customer`,
  ])
})

it('is found by action and by person', async () => {
  const admin = house.personas.Admin.name
  await choose('Action', 'Asked for a sync')
  expect(await shown(3)).toEqual([`${formula}: Asked for a sync`, `${admin}: Asked for a sync`, `${admin}: Asked for a sync`])
  await choose('Person', formula)
  expect(await shown(1)).toEqual([`${formula}: Asked for a sync`])
  await choose('Action', 'Added a customer')
  await desk.tab.getByText('Nothing is recorded for this choice.').waitFor()
  await choose('Person', admin)
  expect(await shown(2)).toEqual([`${admin}: Added a customer`, `${admin}: Added a customer`])
})

it('is saved as CSV as it was chosen, and no cell is a formula', async () => {
  await choose('Action', 'Every action')
  await choose('Person', formula)
  await shown(1)
  const { name, lines } = await exported()
  expect(name).toMatch(/^outpost-audit-20\d\d-\d\d-\d\d\.csv$/)
  expect(lines[0]).toBe('At,Person,Person id,Action,Target,Customer id,Detail')
  const { userId } = house.personas.Member
  const { at, target } = (await house.get<AuditList>(`/audit?userId=${userId}`)).items[0]!
  expect(lines.slice(1)).toEqual([`${at},${inCsv},${userId},tenant.sync,${target},,`])
  await choose('Person', 'Everybody')
  expect((await shown(8))[0]).toBe(`${house.personas.Admin.name}: Exported the audit log`)
})

it('the security of all customers is saved as CSV, and no cell is a formula', async () => {
  await desk.goTo('security')
  const { name, lines } = await exported()
  expect(name).toMatch(/^outpost-security-20\d\d-\d\d-\d\d\.csv$/)
  const four = (what: string) => `${what} capable,${what} not capable,${what} unknown,${what} of`
  expect(lines[0]).toBe(`Customer,${four('MFA')},${four('Privileged MFA')},Open findings,As of,Unknown because`)
  const { items } = await house.get<Security>('/security')
  const contoso = items.find((row) => row.name === 'Contoso')!
  const cells = ({ capable, notCapable, unknown, of }: Coverage) => `${capable},${notCapable},${unknown},${of}`
  expect(lines.slice(1)).toEqual([
    `Contoso,${cells(contoso.mfa!)},${cells(contoso.privilegedMfa!)},${contoso.openFindings},${contoso.asOf},`,
    `${inCsv},${'Unknown,'.repeat(9)}Not read yet,"${items.find((row) => row.name === formula)!.unknownReason}"`,
  ])
  expect((await house.get<AuditList>('/audit')).items[0]!.action).toBe('security.export')
})

it('a failed export says so, and nothing is saved', async () => {
  let saved = 0
  desk.page.on('download', () => (saved += 1))
  await desk.page.route('**/api/v1/security.csv', (route) => route.abort())
  await desk.tab.getByRole('button', { name: 'Export CSV' }).click()
  await desk.tab.getByRole('alert').getByText('Outpost cannot be reached. Check your connection and try again.').waitFor()
  await desk.page.unroute('**/api/v1/security.csv')
  expect(saved).toBe(0)
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
