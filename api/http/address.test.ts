import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { networkOf, openAddresses } from './address.ts'

it.each([
  ['198.51.100.7', '198.51.100.7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['198.51.100.7:50123', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::9]:50123', '2001:db8:1:2::/64'],
  ['somebody', 'unknown'],
  ['', 'unknown'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

const request = (remoteAddress: string | undefined, forwarded?: string) => ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

it.each([
  ['nobody is trusted', [], '10.0.0.1', '198.51.100.7', '10.0.0.1'],
  ['somebody else is trusted', ['10.0.0.2'], '10.0.0.1', '198.51.100.7', '10.0.0.1'],
  ['the proxy is trusted', ['10.0.0.0/8'], '::ffff:10.0.0.1', '198.51.100.7', '198.51.100.7'],
  ['the caller wrote a name before the proxy did', ['10.0.0.0/8'], '10.0.0.1', '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  ['two proxies stand there', ['10.0.0.0/8'], '10.0.0.1', '198.51.100.7, 10.0.0.2', '198.51.100.7'],
  ['the proxy says nothing', ['10.0.0.0/8'], '10.0.0.1', undefined, '10.0.0.1'],
  ['who called has hung up by now', [], undefined, undefined, 'unknown'],
  ['who called has hung up by now, and a proxy is trusted', ['10.0.0.0/8'], undefined, '198.51.100.7', 'unknown'],
])('where %s', (_, trusted, connection, forwarded, network) => {
  expect(openAddresses(trusted)(request(connection, forwarded))).toBe(network)
})
