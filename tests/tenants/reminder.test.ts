// A client secret is about to expire: administrators read it in their own chat with the bot, once a threshold (30, 14, 7 and 1 days),
// also after a restart; nobody else does.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TenantList } from '../../api/connections/model.ts'
import { openHouse, type House, type RoleName } from '../house/house.fixture.ts'
import { until } from '../house/until.fixture.ts'

let house: House
let tenantId: string
beforeAll(async () => {
  house = await openHouse({ world: 'tiny' })
  tenantId = (await house.get<TenantList>('/tenants')).items.find((tenant) => tenant.kind === 'customer')!.id
  // Only whom the bot knows can it write to first.
  for (const role of ['Admin', 'Member'] as const) await house.simulator('POST', '/chat', { from: house.personas[role].upn, text: 'hello', where: 'personal' })
})
afterAll(() => house?.close())

const expiresIn = async (days: number) => {
  await house.simulator('POST', `/tenants/${tenantId}`, { secret: 'expiresIn', days })
  await house.synced('organization')
}
const reminders = async (role: RoleName): Promise<string[]> => {
  const { activities } = await house.simulator<{ activities: { summary?: string }[] }>('GET', `/chats/${house.personas[role].upn}`)
  return activities.flatMap(({ summary }) => (summary?.includes('client secret') ? [summary] : []))
}
const arrives = (count: number) => until(`${count} reminders`, async () => ((await reminders('Admin')).length === count ? reminders('Admin') : null), 40)

it('Outpost reminds administrators in their own chat with the bot before a client secret expires.', async () => {
  await expiresIn(40)
  let count = 0
  for (const [days, words] of [[13, 'in 13 days'], [0.5, 'within a day']] as const) {
    expect(await reminders('Admin')).toHaveLength(count)
    await expiresIn(days)
    count += 1
    expect((await arrives(count)).at(-1)).toContain(`The client secret of Contoso expires ${words}`)
  }
  await house.stopProduct('SIGKILL')
  await house.startProduct()
  await house.synced()
  // Longer than the pause between two rounds of reminders.
  await new Promise((resolve) => setTimeout(resolve, 12_000))
  expect(await reminders('Admin')).toHaveLength(2)
  expect(await reminders('Member')).toEqual([])
}, 120_000)
