// Microsoft Graph over HTTP, by Microsoft's own client. One request in, one answer out: no retries here, because sync keeps a
// bookmark a page and its schedule is the only place that waits. Links of Graph are followed as they came, on Graph's host alone.
import {
  AuthenticationHandler,
  Client,
  ResponseType,
  TelemetryHandler,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client'
import { AppError } from '../errors.ts'
import type { Clock } from '../clock.ts'
import { bodyOf, fromGraphClient, toAppErrorFromGraph } from './failure.ts'
import { subjectOf, type Subject } from './resource.ts'
import { permissionsOf, type Credentials, type Tokens } from './token.ts'

const graphName = 'https://graph.microsoft.com'
const requestMilliseconds = 60_000

/** Sends to the configured origin what is addressed to graph.microsoft.com. The names in links and tokens stay Graph's own. */
class Transport implements Middleware {
  private readonly origin: string
  private readonly clock: Clock
  constructor(origin: string, clock: Clock) {
    this.origin = origin
    this.clock = clock
  }
  async execute(context: Context): Promise<void> {
    const url = typeof context.request === 'string' ? context.request : context.request.url
    const { signal, ...options } = context.options ?? {}
    const timeout = AbortSignal.timeout(requestMilliseconds)
    context.response = await fetch(url.replace(graphName, this.origin), {
      ...(options as RequestInit),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    this.clock.heard(context.response.headers.get('Date'))
  }
}

export interface BatchItem {
  readonly path: string
  readonly prefer?: string
}

export type Answered = { ok: true; body: Record<string, unknown> } | { ok: false; error: AppError }

/** Graph for one tenant. Paths begin behind `/v1.0`; links are Graph's own. */
export interface Graph {
  /** @throws AppError, see errors.ts; `graphUnexpected` for a link that leads away from Graph; `clockWrong` */
  get(pathOrLink: string, prefer?: string, consistency?: 'eventual'): Promise<Record<string, unknown>>
  /** Up to 20 GETs in one request. Answers in the order asked, each with its own error. Graph: "Combine requests with JSON batching". */
  batch(items: readonly BatchItem[]): Promise<Answered[]>
}

export interface GraphOptions {
  readonly origin: string
  readonly tokens: Tokens
  readonly clock: Clock
}

/** Only Graph's own host is ever asked: links come from answers and from the database. */
function address(pathOrLink: string): string {
  if (pathOrLink.startsWith('/')) return `${graphName}/v1.0${pathOrLink}`
  if (URL.canParse(pathOrLink) && new URL(pathOrLink).origin === graphName) return pathOrLink
  throw new AppError('graphUnexpected', { cause: new Error('a link leads away from Microsoft Graph') })
}

/** @param credentials of the tenant to read */
export function openGraph({ origin, tokens, clock }: GraphOptions, credentials: Credentials): Graph {
  // The token is had before the client is called: an error inside its authentication would come out without its cause.
  let token = ''
  const client = Client.initWithMiddleware({
    middleware: [
      new AuthenticationHandler({ getAccessToken: () => Promise.resolve(token) }),
      new TelemetryHandler(),
      new Transport(origin, clock),
    ],
  })

  /**
   * A token can be refused before it expires (revoked, clock, new keys), and it holds the permissions of the time when it was
   * issued: then once more with a new one.
   */
  async function send<T>(request: () => Promise<T>, failuresIn: (answer: T) => readonly AppError[] = () => []): Promise<T> {
    token = await tokens.get(credentials)
    let failure: AppError | undefined
    try {
      const answer = await request()
      if (!failuresIn(answer).some(lacksPermission) || !(await grantedMeanwhile())) return answer
    } catch (error) {
      failure = fromGraphClient(error)
      if (failure.code === 'graphTokenRefused') token = await tokens.get(credentials, true)
      else if (!lacksPermission(failure) || !(await grantedMeanwhile())) throw failure
    }
    try {
      return await request()
    } catch (error) {
      throw fromGraphClient(error)
    }
  }

  /** Whether a new token holds more permissions than the one in hand. Another stream of the tenant may have got one meanwhile. */
  async function grantedMeanwhile(): Promise<boolean> {
    const before = token
    const known = await tokens.get(credentials)
    token = known === before ? await tokens.get(credentials, true) : known
    const had = permissionsOf(before)
    return permissionsOf(token).some((name) => !had.includes(name))
  }

  /** An answer that came while our clock is wrong is not used: what is recent and what is over would be judged wrongly. */
  async function timely(request: () => Promise<unknown>, subject: Subject): Promise<Record<string, unknown>> {
    const answer = await request().then((response) => bodyOf(response as Response, subject)).catch((error: unknown) => {
      throw clock.problem() ?? error
    })
    const problem = clock.problem()
    if (problem !== undefined) throw problem
    return answer
  }

  /** The answer to one request of a batch. */
  function innerAnswer(response: BatchAnswer | undefined, path: string): Answered {
    if (response === undefined) return { ok: false, error: new AppError('serviceUnavailable') }
    if (response.status >= 200 && response.status < 300) return { ok: true, body: response.body ?? {} }
    const code = (response.body?.error as { code?: string } | undefined)?.code ?? ''
    const retryAfter = Object.entries(response.headers ?? {}).find(([name]) => name.toLowerCase() === 'retry-after')?.[1]
    return { ok: false, error: toAppErrorFromGraph({ subject: subjectOf(path), status: response.status, code, retryAfter }) }
  }

  return {
    async get(pathOrLink, prefer, consistency) {
      const url = address(pathOrLink)
      const headers = { ...(prefer === undefined ? {} : { Prefer: prefer }), ...(consistency === undefined ? {} : { ConsistencyLevel: consistency }) }
      return send(() => timely(() => client.api(url).responseType(ResponseType.RAW).headers(headers).get(), subjectOf(url)))
    },
    async batch(items) {
      const requests = items.map(({ path, prefer }, index) => ({
        id: String(index),
        method: 'GET',
        url: path,
        ...(prefer === undefined ? {} : { headers: { Prefer: prefer } }),
      }))
      const ask = async (): Promise<Answered[]> => {
        const answer = await timely(() => client.api(`${graphName}/v1.0/$batch`).responseType(ResponseType.RAW).post({ requests }), 'other')
        const byId = new Map(((answer.responses ?? []) as BatchAnswer[]).map((response) => [response.id, response]))
        return items.map(({ path }, index) => innerAnswer(byId.get(String(index)), path))
      }
      return send(ask, (answers) => answers.flatMap((answer) => (answer.ok ? [] : [answer.error])))
    },
  }
}

const lacksPermission = ({ code }: AppError): boolean => code === 'consentMissing' || code === 'notGranted' || code === 'accessDenied'

interface BatchAnswer {
  id: string
  status: number
  headers?: Record<string, string>
  body?: Record<string, unknown>
}
