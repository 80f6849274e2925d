// Requests over a socket, because a client would put right what is wrong with them.
import { connect } from 'node:net'
import { broken, garbage } from './garbled.fixture.ts'
import type { Draw } from './seeded.fixture.ts'

export interface Raw {
  readonly bytes: Buffer
  /** Whether nothing more comes: the sender has hung up. */
  readonly cut: boolean
}

const methods = ['GET', 'GET', 'POST', 'POST', 'PATCH', 'DELETE', 'HEAD', 'PUT', 'OPTIONS', 'TRACE', 'PROPFIND', 'get', 'FOO', 'G\u0000T', '', 'GET '.repeat(3)]
const pieces = ['%zz', '%00', '%ff', '%c0%ae%c0%ae', '..', '.', '//', '\\', '*', '{id}', '[', '%2e%2e%2f', 'é', '\u0001', '?', '#', '&', '=', ';', '%', '%u0041', '~', '@', ':']
const queries = ['?after=%ff', '?limit=1e309', '?limit[]=1&limit[a]=2', '?__proto__[x]=1', '?a=1&a=2', `?${'a[b]'.repeat(200)}=1`, `?${'a=1&'.repeat(3_000)}`, '?search=%00', '?zone=../../etc/passwd', '?from=2026-99-99', '?archived=maybe', '?mfa[$ne]=1', '?%', '?=', '?&&&', '?action=\u00ff']
const types = ['application/json', 'application/json', 'application/json; charset=utf-16', 'application/json;;;', 'text/plain', 'multipart/form-data', 'multipart/form-data; boundary=', 'application/x-www-form-urlencoded', 'application/octet-stream', 'a/b/c', '', 'application/vnd.api+json']
const headers: ((draw: Draw) => string)[] = [
  () => 'Content-Encoding: gzip', () => 'Content-Encoding: , ,', () => 'Transfer-Encoding: chunked', () => 'Transfer-Encoding: gzip, chunked', () => 'Expect: 100-continue', () => 'Expect: everything', () => 'Accept: ,;q=x', () => 'Accept: application/xml',
  () => 'Accept-Version: ~x.y', () => 'Accept-Version: 9.9.9', () => 'Accept-Encoding: x', () => 'Range: bytes=-', () => 'If-Modified-Since: never', () => 'If-None-Match: W/', () => 'X-Request-Id: \t\t', () => 'X-Forwarded-For: ,,,::1%0', () => 'Authorization: Bearer', () => 'Authorization: Basic Og==',
  (draw) => `Authorization: Bearer ${draw.text(30)}.${draw.text(30)}.${draw.text(30)}`, () => `Authorization: Bearer ${'a'.repeat(7_000)}`, () => 'Connection: Upgrade\r\nUpgrade: websocket', () => 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c', () => 'Host: evil.example', () => 'Host:', () => 'Broken', () => ': empty', () => 'A B: c',
  () => 'X: \u0000', () => 'X: é', () => 'X-Http-Method-Override: DELETE', () => 'Cookie: a=b; c', (draw) => Array.from({ length: 300 }, (_, index) => `X-${index}: ${draw.text(5)}`).join('\r\n'), () => `X: ${'y'.repeat(20_000)}`, () => 'Content-Length: -1', () => 'Content-Length: 0', () => 'Content-Length: 99999999999',
]

/** @param paths that the product knows; @param token of an administrator */
export function rawRequest(draw: Draw, paths: readonly string[], token: string, ids: readonly string[]): Raw {
  const known = draw.pick(paths).replace(/:\w+/g, () => (draw.chance(0.6) ? draw.pick(ids) : draw.pick([...pieces, draw.text(2_000), encodeURIComponent(String(JSON.stringify(garbage(draw)))).slice(0, 3_000)])))
  const odd = draw.below(12)
  const path = odd === 0 ? `http://evil.example${known}` : odd === 1 ? known + draw.pick(pieces).repeat(1 + draw.below(5)) : odd === 2 ? `/${draw.text(8_000 + draw.below(60_000))}` : odd === 3 ? known.replace('/', draw.pick(pieces)) : known
  const body = draw.chance(0.3) ? '' : broken(draw, JSON.stringify({ name: 'Contoso', domains: ['contoso.com'], type: 'message', text: 'help', archived: true, role: null }))
  const length = draw.chance(0.1) ? draw.below(200) : Buffer.byteLength(body)
  const cut = draw.chance(0.15)
  const lines = [
    `${draw.pick(methods)} ${path}${draw.chance(0.3) ? draw.pick(queries) : ''} HTTP/${draw.chance(0.95) ? '1.1' : draw.pick(['1.0', '2.0', '0.9', '1', 'x'])}`,
    ...(draw.chance(0.97) ? ['Host: outpost.example'] : []),
    ...(draw.chance(0.7) ? [`Authorization: Bearer ${token}`] : []),
    ...(body === '' ? [] : [`Content-Type: ${draw.pick(types)}`, `Content-Length: ${length}`]),
    ...(draw.chance(0.4) ? [draw.pick(headers)(draw)] : []),
    'Connection: close',
  ]
  const whole = Buffer.from(`${lines.join(draw.chance(0.98) ? '\r\n' : '\n')}\r\n\r\n${body}`)
  return { bytes: cut || length > Buffer.byteLength(body) ? whole.subarray(0, cut ? 1 + draw.below(whole.length) : whole.length) : whole, cut: cut || length > Buffer.byteLength(body) || /Expect|chunked|: 99999/.test(lines.join()) }
}

/** @returns the status, or null where the connection was closed without one. @throws when neither comes in time */
export function send(port: number, { bytes, cut }: Raw, milliseconds: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let got = ''
    const late = setTimeout(() => finish(() => reject(new Error(`no answer within ${milliseconds} ms`))), milliseconds)
    const finish = (end: () => void) => {
      clearTimeout(late)
      socket.destroy()
      end()
    }
    socket.on('connect', () => {
      socket.write(bytes)
      if (cut) socket.end()
    })
    socket.on('data', (piece) => {
      got += piece.toString('latin1')
      // 100 is no answer yet.
      const status = /^HTTP\/1\.1 (?!100)(\d{3})[^]*/m.exec(got)?.[1]
      if (status !== undefined) finish(() => resolve(Number(status)))
    })
    socket.on('close', () => finish(() => resolve(null)))
    // The other side may cut the connection while we write.
    socket.on('error', () => undefined)
  })
}
