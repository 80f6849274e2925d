// Microsoft Graph over HTTP, by Microsoft's own client. One request in, one answer out: no retries here, because sync keeps a
// bookmark a page and its schedule is the only place that waits. Links of Graph are followed as they came, on Graph's host alone.
import { AuthenticationHandler, Client, ResponseType, TelemetryHandler, type Context, type Middleware } from '@microsoft/microsoft-graph-client'
import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'
import { askOutside } from '../outside.ts'
import { addressOf, graphName } from './address.ts'
import { answersOf, toBatch } from './batch.ts'
import type { Credentials } from './credentials.ts'
import { bodyOf, fromGraphClient } from './failure.ts'
import type { Answered, Ends, Graph } from './graph.ts'
import type { NeededFor } from './permission.ts'
import { permissionsOf, type Tokens } from './token.ts'

/** A page of mail has two megabytes at most; an answer that has no end would fill the memory. */
const mostBytesOfList = 64 * 2 ** 20
/** For a whole answer: Graph itself gives up earlier. */
const milliseconds = 60_000

/** What was thrown instead of an answer: the client would make an error of its own of it, without its cause. */
const thrown = new WeakMap<Response, AppError>()

function failed(error: unknown): Response {
  const response = new Response()
  thrown.set(response, fromGraphClient(error))
  return response
}

/** Sends to the configured origin what is addressed to graph.microsoft.com. The names in links and tokens stay Graph's own. */
class Transport implements Middleware {
  private readonly origin: string
  private readonly clock: Clock
  private readonly ends: Ends
  constructor(origin: string, clock: Clock, ends: Ends) {
    this.origin = origin
    this.clock = clock
    this.ends = ends
  }
  async execute(context: Context): Promise<void> {
    const url = typeof context.request === 'string' ? context.request : context.request.url
    const { ending = null, mostBytes = mostBytesOfList } = this.ends
    const init = { ...(context.options as RequestInit), signal: ending }
    context.response = await askOutside(url.replace(graphName, this.origin), init, { milliseconds, bytes: mostBytes }).catch(failed)
    this.clock.heard(context.response.headers.get('Date'))
  }
}

export interface GraphOptions {
  readonly origin: string
  readonly tokens: Tokens
  readonly clock: Clock
  readonly neededFor: NeededFor
}

/**
 * @param credentials of the tenant to read
 */
export function openGraph({ origin, tokens, clock, neededFor }: GraphOptions, credentials: Credentials, ends: Ends = {}): Graph {
  // The token is had before the client is called: an error inside its authentication would come out without its cause.
  let token = ''
  const client = Client.initWithMiddleware({
    middleware: [
      new AuthenticationHandler({ getAccessToken: () => Promise.resolve(token) }),
      new TelemetryHandler(),
      new Transport(origin, clock, ends),
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
  async function timely(request: () => Promise<unknown>, url: string): Promise<Record<string, unknown>> {
    const read = async () => {
      const response = (await request()) as Response
      const failure = thrown.get(response)
      if (failure !== undefined) throw failure
      return bodyOf(response, url, neededFor)
    }
    const answer = await read().catch((error: unknown) => {
      throw ends.ending?.aborted === true ? new AppError('leaseLost') : (clock.problem() ?? error)
    })
    const problem = clock.problem()
    if (problem !== undefined) throw problem
    return answer
  }

  return {
    async get(pathOrLink, prefer, consistency) {
      const url = addressOf(pathOrLink)
      const headers = { ...(prefer === undefined ? {} : { Prefer: prefer }), ...(consistency === undefined ? {} : { ConsistencyLevel: consistency }) }
      return send(() => timely(() => client.api(url).responseType(ResponseType.RAW).headers(headers).get(), url))
    },
    async batch(items) {
      const url = `${graphName}/v1.0/$batch`
      const ask = async (): Promise<Answered[]> => answersOf(items, await timely(() => client.api(url).responseType(ResponseType.RAW).post(toBatch(items)), url), neededFor)
      return send(ask, (answers) => answers.flatMap((answer) => (answer.ok ? [] : [answer.error])))
    },
  }
}

const lacksPermission = ({ code }: AppError): boolean => code === 'consentMissing' || code === 'notGranted' || code === 'accessDenied'
