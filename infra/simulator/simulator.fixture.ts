// What the simulator's own tests drive it with: Microsoft's clients, pointed at it by configuration only.
import { ConfidentialClientApplication } from '@azure/msal-node'
import { AuthenticationHandler, Client, type Context, type Middleware } from '@microsoft/microsoft-graph-client'
import { GRAPH } from './entra/entra.ts'
import { startSimulator } from './server.ts'
import type { Simulation } from './simulation.ts'
import type { WorldName } from './world/world.ts'

export interface Page { value: Item[]; '@odata.nextLink'?: string; '@odata.deltaLink'?: string }
export type Item = Record<string, unknown> & { id: string; '@removed'?: { reason: string } }
export interface Reply<T = unknown> { status: number; body: T; headers: Headers }

class LocalTransport implements Middleware {
  private readonly base: string
  constructor(base: string) { this.base = base }
  setNext(): void { /* the last one */ }
  async execute(context: Context): Promise<void> {
    const url = (typeof context.request === 'string' ? context.request : context.request.url).replace('https://graph.microsoft.com', this.base)
    context.response = await fetch(url, context.options)
  }
}

/** A running simulator with short words for what tests do. */
export async function trial(world: WorldName = 'small', product = 'http://127.0.0.1:1', seed = 7) {
  const started = await startSimulator({ port: 0, product, world, seed })
  const { sim, origin } = started
  const call = async <T = unknown>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply<T>> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${origin}${path}`, { method, headers: { 'content-type': 'application/json', ...headers }, ...sent })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text) as T }
  }
  const token = (tenant = sim.world.msp): Promise<string> => tokenOf(sim, tenant.id, tenant.app.clientId, tenant.app.secret)
  let known: string | undefined
  /** GET of Graph in the MSP's tenant; `path` may be a link of Graph. */
  const get = async <T = Page>(path: string, prefer?: string, bearer?: string): Promise<Reply<T>> => {
    const headers = { authorization: `Bearer ${bearer ?? (known ??= await token())}`, ...(prefer === undefined ? {} : { prefer }) }
    return call<T>('GET', path.startsWith('https:') ? path.replace('https://graph.microsoft.com', '') : `/v1.0${path}`, undefined, headers)
  }
  /** All items of a list or of a reading by delta, and its pages. */
  const readAll = async (path: string, prefer?: string): Promise<{ items: Item[]; pages: Page[]; deltaLink: string }> => {
    const pages: Page[] = []
    for (let link: string | undefined = path; link !== undefined;) {
      const { status, body }: Reply<Page> = await get(link, prefer)
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
      pages.push(body)
      link = body['@odata.nextLink']
    }
    return { pages, items: pages.flatMap((p) => p.value), deltaLink: pages.at(-1)?.['@odata.deltaLink'] ?? '' }
  }
  const client = (tenant = sim.world.msp): Client => Client.initWithMiddleware({
    middleware: chain(new AuthenticationHandler({ getAccessToken: () => token(tenant) }), new LocalTransport(origin)),
  })
  return { ...started, call, token, get, readAll, client }
}

/** The real client wants its middlewares linked by hand when there is more than one. */
function chain(...list: Middleware[]): Middleware {
  list.forEach((m, i) => { const next = list[i + 1]; if (next) m.setNext?.(next) })
  return list[0] as Middleware
}

/** A token got by MSAL with its real authority; throws MSAL's errors. */
export async function tokenOf(sim: Simulation, tenantId: string, clientId: string, clientSecret: string, resource = GRAPH): Promise<string> {
  const app = msal(sim.origin, tenantId, clientId, clientSecret)
  return (await app.acquireTokenByClientCredential({ scopes: [`${resource}/.default`], skipCache: true }))?.accessToken ?? ''
}

/** MSAL, told by configuration where Entra's token endpoint is. */
export function msal(origin: string, tenantId: string, clientId: string, clientSecret: string): ConfidentialClientApplication {
  const authority = `https://login.microsoftonline.com/${tenantId}`
  const authorityMetadata = JSON.stringify({
    issuer: `${authority}/v2.0`, token_endpoint: `${origin}/${tenantId}/oauth2/v2.0/token`,
    authorization_endpoint: `${origin}/a`, jwks_uri: `${origin}/keys`, end_session_endpoint: `${origin}/l`,
  })
  return new ConfidentialClientApplication({ auth: { clientId, clientSecret, authority, authorityMetadata } })
}

export type Trial = Awaited<ReturnType<typeof trial>>
