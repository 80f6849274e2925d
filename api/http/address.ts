// Whose network a request comes from: the connection's own address, or what a trusted proxy says of it.
import ipaddr from 'ipaddr.js'
import proxyAddress from 'proxy-addr'
import type { IncomingMessage } from 'node:http'

/**
 * @param trusted addresses and networks of our own proxies; X-Forwarded-For is believed from them alone, because anybody can write it
 * @returns what names the caller's network: an IPv4 address, or the first 64 bits of an IPv6 one, which is what one household gets
 */
export function openAddresses(trusted: readonly string[]): (req: IncomingMessage) => string {
  const isOurs = proxyAddress.compile([...trusted])
  return (req) => {
    // Untyped by the package: of a connection that its caller has closed meanwhile nobody knows the address.
    const address = proxyAddress(req, isOurs) as string | undefined
    return address === undefined ? 'unknown' : networkOf(address)
  }
}

/** @param address as a connection or a proxy names it; some proxies add the port */
export function networkOf(address: string): string {
  const bare = address.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
  if (!ipaddr.isValid(bare)) return 'unknown'
  const parsed = ipaddr.process(bare)
  return parsed instanceof ipaddr.IPv6 ? `${parsed.parts.slice(0, 4).map((part) => part.toString(16)).join(':')}::/64` : parsed.toString()
}
