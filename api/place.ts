// Where a deep link leads inside the tab; the same words in the bot's cards and in the tab's router.
export type Place =
  | { view: 'customers' }
  | { view: 'customer'; customerId: string; section: 'communications' | 'posture' | 'licences' }
  | { view: 'security' }
  | { view: 'admin'; section?: 'channels' }

/** The sub-page id that Teams carries from a deep link to the tab, e.g. `customer/42/posture`. */
export function toSubPageId(place: Place): string {
  if (place.view === 'customer') return `customer/${place.customerId}/${place.section}`
  return place.view === 'admin' && place.section !== undefined ? `admin/${place.section}` : place.view
}
