// Errors of Graph. Codes and texts are those seen in the wild; products should branch on the codes only.
import { Refusal } from '../http.ts'

export const graphError = (status: number, code: string, message: string, headers: Record<string, string> = {}): Refusal =>
  new Refusal(status, message, code, headers)
/** What the simulator does not know is said, never answered with an empty list. */
export const unknown = (what: string): Refusal => graphError(501, 'NotImplemented', `The simulator does not know ${what}.`)
export const badRequest = (message: string, code = 'BadRequest'): Refusal => graphError(400, code, message)
export const noItem = (): Refusal => graphError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')
export const noResource = (id: string): Refusal => graphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
