// Admin → Audit and the exports in a real browser: who did what, found by action and by person, and saved as CSV.
import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AuditList } from '../../api/access/auditModel.ts'
import type { TenantList } from '../../api/connections/model.ts'
import type { Coverage } from '../../api/posture/model.ts'
import type { Security } from '../../api/security/model.ts'
import { faultsByTheme, openDesk, type Desk } from '../house/desk.fixture.ts'
import { openHouse, type House } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

/** What a spreadsheet would run, and what people and customers can be called. */
const formula = '=HYPERLINK("http://evil.example","Invoice")'
const inCsv = `'${formula}`

let house: House
let desk: Desk
const zone = 'Europe/Berlin'
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  const { items } = await house.get<TenantList>('/tenants')
  await house.as('Member', 'POST', `/tenants/${items[0]!.id}/sync`)
  await house.db.collection('accounts').updateOne({ accountId: house.personas.Member.userId }, { $set: { displayName: formula } })
  await house.as('Admin', 'POST', '/customers', { name: formula, domains: ['wingtip.example'] })
  desk = await openDesk(house, { timezoneId: zone, clock: '' })
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
async function exported(): Promise<{ name: string; rows: string[][] }> {
  const [download] = await Promise.all([desk.page.waitForEvent('download'), desk.tab.getByRole('button', { name: 'Export CSV' }).click()])
  const name = download.suggestedFilename()
  await desk.tab.getByText(`Saved as ${name}. The export is recorded in the audit log.`).waitFor()
  const text = await readFile(await download.path(), 'utf8')
  expect(text.startsWith('\uFEFF')).toBe(true)
  return { name, rows: parse(text, { bom: true }) }
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
  const { name, rows: [header, ...cells] } = await exported()
  expect(name).toMatch(/^outpost-audit-20\d\d-\d\d-\d\d\.csv$/)
  expect(header).toEqual([`Time (${zone})`, 'Time (UTC)', 'Person', 'Person id', 'Action', 'Target', 'Target id', 'Customer', 'Customer id', 'Detail'])
  const { userId } = house.personas.Member
  const { at, target, targetName } = (await house.get<AuditList>(`/audit?userId=${userId}`)).items[0]!
  expect(cells.map(([, ...row]) => row)).toEqual([[at, inCsv, userId, 'Asked for a sync', targetName, target, '', '', '']])
  await choose('Person', 'Everybody')
  expect((await shown(8))[0]).toBe(`${house.personas.Admin.name}: Exported the audit log`)
})

it('names what was acted on, whose it is and what changed, with the id beside it', async () => {
  const contoso = await house.customer('Contoso')
  const row = rows().filter({ hasText: 'Connected a tenant' }).filter({ hasText: contoso.tenants[0]!.id })
  expect(await row.getByRole('cell').allInnerTexts()).toEqual(expect.arrayContaining([
    expect.stringContaining(contoso.tenants[0]!.name) as string, expect.stringContaining('Contoso') as string, 'Without a mailbox',
  ]))
  expect(await desk.tab.getByText(`Times and days are those of ${zone}`).count()).toBe(1)
})

it('is found by days, both included; days that make no sense are said so and change nothing', async () => {
  const doc = { tenantId: house.environment().OUTPOST_TENANT_ID, userId: house.personas.Admin.userId, action: 'tenant.disconnect', target: 'f00', customerId: 'ba5', detail: null }
  // In Berlin the first is of the 4th of May, the last of the 6th.
  const times = ['2026-05-03T22:00:00Z', '2026-05-04T22:00:00Z', '2026-05-05T21:59:59Z', '2026-05-05T22:00:00Z']
  await house.db.collection<{ _id: string }>('audit').insertMany(times.map((at, n) => ({ _id: `day${n}`, at: new Date(at), ...doc })))
  const day = (label: 'First day' | 'Last day') => desk.tab.getByLabel(label)
  await day('First day').fill('2026-05-05')
  await day('Last day').fill('2026-05-05')
  expect(await shown(2)).toHaveLength(2)
  expect(await rows().nth(1).getByRole('cell').allInnerTexts()).toEqual(expect.arrayContaining([
    expect.stringMatching(/^a tenant that was disconnected\s+f00$/) as string, expect.stringMatching(/^a customer that was deleted\s+ba5$/) as string,
  ]))
  expect((await exported()).rows.map(([time]) => time)).toEqual([`Time (${zone})`, '2026-05-05 23:59:59', '2026-05-05 00:00:00'])
  await day('Last day').fill('2026-05-04')
  await desk.tab.getByText('The last day lies before the first. The list stays as it was.').waitFor()
  expect(await shown(2)).toHaveLength(2)
  await day('First day').fill('2026-05-04')
  expect(await shown(1)).toHaveLength(1)
  await desk.tab.getByRole('button', { name: 'Clear days' }).click()
  expect(await day('First day').inputValue()).toBe('')
  expect((await shown(13))[0]).toBe(`${house.personas.Admin.name}: Exported the audit log`)
  expect(await faultsByTheme(desk.page)).toEqual([])
})

it('an export that ends early says so where it was pressed', async () => {
  await desk.page.route('**/api/v1/audit.csv?**', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), 'x-outpost-cut-at': '10000' } })
  })
  await desk.tab.getByRole('button', { name: 'Export CSV' }).click()
  await desk.tab.getByText('It ends early: it holds the newest 10,000 rows, and older ones are left out. Choose days to export them.').waitFor()
  await desk.page.unroute('**/api/v1/audit.csv?**')
})

it('the security of all customers is saved as CSV, and no cell is a formula', async () => {
  await desk.goTo('security')
  const { name, rows: [header, ...cells] } = await exported()
  expect(name).toMatch(/^outpost-security-20\d\d-\d\d-\d\d\.csv$/)
  const four = (what: string) => [`${what} capable`, `${what} not capable`, `${what} unknown`, `${what} of`]
  expect(header).toEqual(['Customer', ...four('MFA'), ...four('Privileged MFA'), 'Open findings', 'As of (UTC)', 'Unknown because'])
  const { items } = await house.get<Security>('/security')
  const contoso = items.find((row) => row.name === 'Contoso')!
  const counts = ({ capable, notCapable, unknown, of }: Coverage) => [capable, notCapable, unknown, of].map(String)
  expect(cells).toEqual([
    ['Contoso', ...counts(contoso.mfa!), ...counts(contoso.privilegedMfa!), String(contoso.openFindings), contoso.asOf, ''],
    [inCsv, ...Array.from({ length: 9 }, () => 'Unknown'), 'Not read yet', items.find((row) => row.name === formula)!.unknownReason],
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
