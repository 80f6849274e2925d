// Mail as the simulator's own truth says that it is to be kept.
import type { House } from '../house/house.fixture.ts'

export interface Truth {
  readonly now: string
  readonly tenants: readonly {
    readonly tenantId: string
    readonly kind: 'msp' | 'customer'
    readonly users: readonly { readonly id: string }[]
    readonly registrations: readonly { readonly id: string; readonly isMfaCapable: boolean }[]
    readonly roles: readonly { readonly members: readonly unknown[] }[]
    readonly mailboxes: readonly {
      readonly folders: readonly { readonly id: string; readonly under: string | null }[]
      readonly messages: readonly { readonly id: string; readonly folderId: string; readonly receivedDateTime: string; readonly expectedCustomers: readonly string[] }[]
    }[]
  }[]
}

/** What is to be kept: message, folder and customer by name, in order. */
export function mailToKeep({ now, tenants }: Truth): string[] {
  const since = Date.parse(now) - 14 * 86_400_000
  const rows = tenants.flatMap((tenant) => tenant.mailboxes).flatMap((box) => {
    const excluded = box.folders.filter((folder) => ['drafts', 'junkemail', 'deleteditems', 'outbox'].includes(folder.under ?? '')).map((folder) => folder.id)
    return box.messages
      .filter((message) => !excluded.includes(message.folderId) && Date.parse(message.receivedDateTime) >= since)
      .flatMap((message) => message.expectedCustomers.map((customer) => `${message.id} ${message.folderId} ${customer}`))
  })
  return rows.sort()
}

/** What is kept, in the same words. */
export async function mailKept(house: House): Promise<string[]> {
  const customers = new Map((await house.db.collection('customers').find().toArray()).map((doc) => [String(doc._id), String(doc.name)]))
  const stored = await house.db.collection('messages').find().toArray()
  return stored.map((doc) => `${doc.immutableId} ${doc.folderId} ${customers.get(String(doc.customerId))}`).sort()
}
