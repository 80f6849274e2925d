// Outpost's REST interface in three forms: an answer, a file, a deed. All of them raise `RequestFailed` and nothing else.
import { asRequestFailed, send, type Options } from './request.ts'

async function answered<T>(path: string, options: Options, read: (response: Response) => Promise<T>): Promise<T> {
  try {
    return await read(await send(path, options))
  } catch (thrown) {
    throw asRequestFailed(thrown)
  }
}

/** Asks for an answer. Its type comes from the service's own model; no schema reaches the browser. */
export const json = <T>(path: string, options: Options = {}): Promise<T> => answered(path, options, (response) => response.json() as Promise<T>)

/** A file: fetched, because only a request of our own carries the token. */
export const csv = (path: string): Promise<Blob> => answered(path, { accept: 'text/csv' }, (response) => response.blob())

/** Asks for something to be done, whose answer may be empty. */
export const done = (path: string, options: Options): Promise<void> => answered(path, options, () => Promise.resolve())

/** Parameters as they stand in an address; what is null or empty is left out. */
export function query(parameters: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}

/** An id as a part of a path. */
export const segment = encodeURIComponent
