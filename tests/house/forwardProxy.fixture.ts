// A forward proxy, as companies have them, on loopback: it keeps a list of what passes, and leads every host of microsoft.example
// to the simulator, so that what does not pass through it arrives nowhere. The certificate beside it was made for that domain.
import { readFileSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url))
export const certificate = file('microsoft.example.cert.pem')

export interface ForwardProxy {
  readonly origin: string
  /** `CONNECT graph.microsoft.example:443`, or method and host of what is no tunnel. */
  readonly passed: string[]
  /** Values of Proxy-Authorization that have come. */
  readonly proofs: string[]
  close(): Promise<void>
}

/** @param simulator its origin */
export async function openForwardProxy(simulator: string): Promise<ForwardProxy> {
  const passed: string[] = []
  const proofs: string[] = []
  const target = new URL(simulator)

  /** Hands a request on to the simulator, whose own address in an answer becomes the host that was asked. */
  const handOn = (scheme: 'http' | 'https') => (incoming: IncomingMessage, response: ServerResponse) => {
    const { pathname, search } = new URL(incoming.url!, `${scheme}://${incoming.headers.host}`)
    const headers = { ...incoming.headers, host: target.host }
    delete headers['accept-encoding']
    const outgoing = httpRequest({ host: target.hostname, port: target.port, method: incoming.method, path: pathname + search, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => {
        const body = Buffer.concat(chunks).toString().replaceAll(simulator, `${scheme}://${incoming.headers.host}`)
        const kept = { ...answer.headers }
        for (const name of ['content-length', 'transfer-encoding']) delete kept[name]
        response.writeHead(answer.statusCode!, kept).end(body)
      })
    })
    outgoing.on('error', () => response.destroy())
    incoming.pipe(outgoing)
  }

  const tls = createTlsServer({ key: readFileSync(file('microsoft.example.key.pem')), cert: readFileSync(certificate) }, handOn('https'))
  const proxy = createServer((incoming, response) => {
    passed.push(`${incoming.method} ${incoming.url!.startsWith('http:') ? new URL(incoming.url!).host : 'no absolute form'}`)
    handOn('http')(incoming, response)
  })
  const sockets = new Set<Socket>()
  proxy.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    passed.push(`CONNECT ${incoming.url}`)
    if (incoming.headers['proxy-authorization'] !== undefined) proofs.push(incoming.headers['proxy-authorization'])
    const inner = connect((tls.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      inner.pipe(socket).pipe(inner)
    })
    for (const one of [socket, inner]) {
      sockets.add(one)
      one.on('error', () => undefined)
    }
  })
  await new Promise<void>((listening) => tls.listen(0, '127.0.0.1', listening))
  await new Promise<void>((listening) => proxy.listen(0, '127.0.0.1', listening))
  return {
    origin: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    passed,
    proofs,
    async close() {
      for (const socket of sockets) socket.destroy()
      for (const server of [proxy, tls]) {
        server.closeAllConnections()
        await new Promise((closed) => server.close(closed))
      }
    },
  }
}
