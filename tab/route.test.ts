import { expect, test } from 'vitest'
import { toSubPageId } from '../api/place.ts'
import { fromSubPageId, toHash, type Route } from './route.ts'

test('every place of a deep link is found again', () => {
  for (const section of ['communications', 'posture', 'licences'] as const) {
    const place = { view: 'customer' as const, customerId: '66f0a1', section }
    expect(fromSubPageId(toSubPageId(place))).toEqual(place)
  }
  expect(fromSubPageId(toSubPageId({ view: 'customers' }))).toEqual({ view: 'customers' })
  expect(fromSubPageId(toSubPageId({ view: 'security' }))).toEqual({ view: 'security' })
  expect(fromSubPageId(toSubPageId({ view: 'admin' }))).toEqual({ view: 'admin', section: 'integrations' })
  expect(fromSubPageId(toSubPageId({ view: 'admin', section: 'channels' }))).toEqual({ view: 'admin', section: 'channels' })
})

test('an address inside the tab leads back to its route, whatever the id holds', () => {
  const routes: Route[] = [
    { view: 'customers' },
    { view: 'security' },
    { view: 'customer', customerId: 'a/b c%', section: 'posture' },
    { view: 'admin', section: 'audit' },
  ]
  for (const route of routes) expect(fromSubPageId(toHash(route))).toEqual(route)
})

test('what names no place leads to the customers', () => {
  for (const text of ['', '#', 'nowhere', 'customer', 'customer/', '%E0%A4%A']) expect(fromSubPageId(text)).toEqual({ view: 'customers' })
  expect(fromSubPageId('customer/42')).toEqual({ view: 'customer', customerId: '42', section: 'communications' })
  expect(fromSubPageId('admin/nowhere')).toEqual({ view: 'admin', section: 'integrations' })
})
