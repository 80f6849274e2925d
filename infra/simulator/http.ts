import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

/** A refusal, to be answered with `status` in the shape of whichever interface was called. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Record<string, string>

  constructor(status: number, sentence: string, code = '', headers: Record<string, string> = {}) {
    super(sentence)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** A text as JSON, or undefined when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The body as a JSON object, {} when there is none; throws Refusal 400 when it is something else. */
export async function readJson(req: IncomingMessage): Promise<Record<string, unknown>> {
  const said = await text(req)
  const value = said.trim() === '' ? {} : parsed(said)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(400, 'The body is not a JSON object.')
  return value as Record<string, unknown>
}

/** Answers with JSON; undefined answers without a body. */
export function sendJson(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (res.destroyed) return
  const json = body === undefined ? '' : JSON.stringify(body)
  const type = json === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }
  res.writeHead(status, { ...type, 'content-length': Buffer.byteLength(json), ...headers })
  res.end(json)
}

/** Answers with one plain sentence. */
export function sendText(res: ServerResponse, status: number, sentence: string): void {
  if (res.headersSent || res.destroyed) return void res.destroy()
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  res.end(`${sentence}\n`)
}

/** What somebody sent as JSON. */
export type Body = Record<string, unknown>

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** A list of texts; undefined when there is none. */
export const texts = (value: unknown): string[] | undefined => (Array.isArray(value) ? value.map(String) : undefined)
