// What tenants have subscribed to, and who has which licence.
import type { Accounts } from './accounts.ts'
import type { Random } from './random.ts'

export interface Sku {
  id: string; partNumber: string; plans: [id: string, name: string][]
  status: string; enabled: number; suspended: number; warning: number
}

/** Of a tenant; `premium`: whether it has Microsoft Entra ID P1. */
export interface Licences { skus: Sku[]; premium: boolean }

const P1: [string, string] = ['41781fb2-bc02-4b7c-bd55-b576c07bb09d', 'AAD_PREMIUM']
const EXCHANGE: [string, string] = ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'EXCHANGE_S_STANDARD']
const EXCHANGE_2: [string, string] = ['efb87545-963c-4e0d-99df-69c6916d9eb0', 'EXCHANGE_S_ENTERPRISE']
const TEAMS: [string, string] = ['57ff2da0-773e-42df-b2af-ffb7a2317929', 'TEAMS1']

/** Part numbers, ids and plans as Microsoft lists them ("Product names and service plan identifiers for licensing"). */
const PRODUCTS: Record<string, [id: string, plans: [string, string][]]> = {
  SPE_E3: ['05e9a617-0261-4cee-bb44-138d3ef5d965', [P1, EXCHANGE_2, TEAMS]],
  SPB: ['cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46', [P1, EXCHANGE, TEAMS]],
  O365_BUSINESS_PREMIUM: ['f245ecc8-75af-4f8e-b61f-27d8114de5f3', [EXCHANGE, TEAMS]],
  EXCHANGESTANDARD: ['4b9405b0-7788-4568-add1-99614e613b69', [EXCHANGE]],
  AAD_PREMIUM: ['078d2b04-f1bd-4111-bbd4-b4b1b354cef4', [P1]],
  FLOW_FREE: ['f30db892-07e9-47e9-837c-80727f46fd3d', [['50e68c76-46c6-4674-81f9-75456511b170', 'FLOW_P2_VIRAL']]],
  POWER_BI_STANDARD: ['a403ebcc-fae0-4ca2-8c8c-7a907fd6c235', [['2049e525-b859-401b-b2a0-e0a31c4b1fe4', 'BI_AZURE_P0']]],
  // Nobody has heard of this one.
  HOLOGRAM_SUITE_BETA: ['7d3c1f58-9a40-4c0e-8b2f-5a6e1d90c4b7', [['1b0f6d7e-3c52-4e8a-9f61-d2a7c4458e90', 'HOLOGRAM_PROJECTOR']]],
}

function subscribe(tenant: Licences, partNumber: string, enabled: number, more: Partial<Sku> = {}): string {
  const [id, plans] = PRODUCTS[partNumber] as [string, [string, string][]]
  tenant.skus.push({ id, partNumber, plans, status: 'Enabled', enabled, suspended: 0, warning: 0, ...more })
  return id
}

/** How many seats of the SKU are in use. */
export const consumed = (tenant: Accounts, skuId: string): number => [...tenant.users.values()].filter((u) => u.licences.includes(skuId)).length

/** Seats by kind of customer: the first has suspended and warning ones, the second uses more than it has bought, the third a SKU nobody knows. */
export function licenceCustomer(tenant: Accounts & Licences, random: Random, index: number): void {
  const members = [...tenant.users.values()].filter((u) => u.userType === 'Member')
  const people = members.filter((u) => u.accountEnabled && u.mail !== null)
  const kind = index % 3
  const main = subscribe(tenant, kind === 1 ? 'SPE_E3' : 'SPB', kind === 1 ? people.length - 2 : people.length + 5)
  for (const person of people) person.licences.push(main)
  const some = (partNumber: string, enabled: number, share: number, more: Partial<Sku> = {}): void => {
    const id = subscribe(tenant, partNumber, enabled, more)
    for (const person of people) if (random.chance(share)) person.licences.push(id)
  }
  some('FLOW_FREE', 10_000, 0.4)
  some('POWER_BI_STANDARD', 1_000_000, 0.2)
  if (kind === 0) {
    some('O365_BUSINESS_PREMIUM', 0, 0.1, { status: 'Suspended', suspended: 4 })
    some('EXCHANGESTANDARD', 0, 0, { status: 'Warning', warning: 3 })
  }
  if (kind === 1) some('AAD_PREMIUM', 5, 0)
  if (kind === 2) some('HOLOGRAM_SUITE_BETA', 10, 0.3)
  // An account that may not sign in any more still costs a seat.
  const left = members.find((u) => !u.accountEnabled && u.mail !== null)
  if (left) left.licences.push(main)
}

/** The MSP: one licence a head. */
export function licenceMsp(tenant: Accounts & Licences): void {
  const people = [...tenant.users.values()].filter((u) => u.mail !== null)
  const id = subscribe(tenant, 'SPE_E3', people.length + 3)
  for (const person of people) person.licences.push(id)
}

/** Whether the SKU is there while the tenant has, or has not, Entra ID P1; and which of its plans are. */
export const plansOf = (tenant: Licences, sku: Sku): [string, string][] => sku.plans.filter(([, name]) => tenant.premium || name !== 'AAD_PREMIUM')
