// Outpost behind a forward proxy. Microsoft is reached in two ways, by fetch (Graph, Entra, MSAL, jose) and by Node's own http and
// https (the libraries of the bot); both ask the same package whether a proxy is to be used, so that NO_PROXY means one thing.
import http, { type ClientRequest } from 'node:http'
import https from 'node:https'
import { Agent as AgentBase, type AgentConnectOpts } from 'agent-base'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { getProxyForUrl } from 'proxy-from-env'
import { Agent, install, ProxyAgent, setGlobalDispatcher } from 'undici'

/** For Node's http and https. */
class ByEnvironment extends AgentBase {
  private readonly direct = { http: http.globalAgent, https: https.globalAgent }
  private readonly proxies = new Map<string, http.Agent>()

  connect(request: ClientRequest, { secureEndpoint }: AgentConnectOpts): http.Agent {
    const host = request.getHeader('host')
    const proxy = getProxyForUrl(`${secureEndpoint ? 'https' : 'http'}://${String(host)}`)
    if (proxy === '') return secureEndpoint ? this.direct.https : this.direct.http
    const key = `${secureEndpoint} ${proxy}`
    const agent = this.proxies.get(key) ?? (secureEndpoint ? new HttpsProxyAgent(proxy) : new HttpProxyAgent(proxy))
    this.proxies.set(key, agent)
    return agent
  }
}

/** For fetch. */
function dispatcherByEnvironment() {
  const proxies = new Map<string, ProxyAgent>()
  return new Agent().compose((direct) => (options, handler) => {
    const proxy = getProxyForUrl(String(options.origin))
    if (proxy === '') return direct(options, handler)
    // Without a tunnel for plain http, which few proxies allow; https has one always.
    const agent = proxies.get(proxy) ?? new ProxyAgent({ uri: proxy, proxyTunnel: false })
    proxies.set(proxy, agent)
    return agent.dispatch(options, handler)
  })
}

/**
 * Sends everything that goes to Microsoft through the proxies that the environment names. The database is reached directly.
 * Changes what fetch, http and https do in the whole process, so it is called once, at the start, and only where there is one.
 */
export function useProxies(): void {
  // Node's own fetch is of another version of the same package, and each takes dispatchers of its own version alone for certain.
  install()
  setGlobalDispatcher(dispatcherByEnvironment())
  http.globalAgent = new ByEnvironment()
  https.globalAgent = new ByEnvironment()
}
