// Where the tab is: the words of a deep link, kept in the address behind the hash.
import { useSyncExternalStore } from 'react'
import { toSubPageId, type Place } from '../api/place.ts'

export type AdminSection = 'integrations' | 'customers' | 'channels' | 'audit'
export type CustomerSection = Extract<Place, { view: 'customer' }>['section']
export type Route = Exclude<Place, { view: 'admin' }> | { view: 'admin'; section: AdminSection }

const customerSections: readonly string[] = ['communications', 'posture', 'licences'] satisfies CustomerSection[]
const adminSections: readonly string[] = ['integrations', 'customers', 'channels', 'audit'] satisfies AdminSection[]

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The place that a sub-page id names (`customer/42/posture`); the customers when it names none that exists. */
export function fromSubPageId(subPageId: string): Route {
  const [view, first, second] = subPageId.replace(/^[#/]+/, '').split('/').map(decoded)
  if (view === 'customer' && first !== undefined && first !== '') {
    return { view, customerId: first, section: second !== undefined && customerSections.includes(second) ? (second as CustomerSection) : 'communications' }
  }
  if (view === 'admin') {
    return { view, section: first !== undefined && adminSections.includes(first) ? (first as AdminSection) : 'integrations' }
  }
  return view === 'security' ? { view } : { view: 'customers' }
}

/** The address of a place, for links inside the tab. */
export function toHash(route: Route): string {
  if (route.view === 'admin') return `#/${toSubPageId({ view: 'admin' })}/${route.section}`
  if (route.view === 'customer') return `#/${toSubPageId({ ...route, customerId: encodeURIComponent(route.customerId) })}`
  return `#/${toSubPageId(route)}`
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

/** The present place; the component renders again when it changes. */
export function useRoute(): Route {
  return fromSubPageId(useSyncExternalStore(subscribe, () => window.location.hash))
}

export function go(route: Route): void {
  window.location.hash = toHash(route)
}

/** Writes the place that is still shown into the address again, after another one was asked for. `hash` as `toHash` gives it. */
export function stayAt(hash: string): void {
  window.history.replaceState(null, '', hash)
  // The address was changed without a word to those who follow it.
  window.dispatchEvent(new Event('hashchange'))
}

/** Opens the place of a deep link, unless the person has already gone on from there. */
export function startAt(subPageId: string): void {
  if (subPageId === '' || window.location.hash !== '') return
  window.history.replaceState(null, '', toHash(fromSubPageId(subPageId)))
}
