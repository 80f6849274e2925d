// How a request to the service can fail, as one class.

export interface Problem {
  field: string
  message: string
}

/** An answer that is not a success, or no answer (status 0). `message` is a sentence for people. */
export class RequestFailed extends Error {
  readonly status: number
  readonly code: string
  readonly problems: readonly Problem[]
  readonly requestId: string | null
  /** What the thing is by now that somebody else has changed meanwhile. */
  readonly now: object | null
  /** After how many seconds the service wants to be asked again; null when it does not say. */
  readonly retryAfter: number | null

  constructor(status: number, code: string, message: string, { problems = [], requestId = null, now = null, retryAfter = null }: Partial<Pick<RequestFailed, 'problems' | 'requestId' | 'now' | 'retryAfter'>> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.problems = problems
    this.requestId = requestId
    this.now = now
    this.retryAfter = retryAfter
  }
}
