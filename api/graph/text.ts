// An item with the text that somebody wrote: as long as they liked.
import { AppError } from '../errors.ts'
import type { Graph } from './graph.ts'

/** Bytes of an answer with one text. Reading a larger one would keep everybody else waiting. */
export const mostBytesOfText = 4 * 2 ** 20

/**
 * An item with its `body`; without it where it is larger than is read.
 * @param item fields: those that are wanted beside it; more: what else stands in the request
 */
export async function readWithText(graph: Pick<Graph, 'get'>, item: { readonly path: string; readonly fields: string; readonly more?: string }, prefer: string): Promise<Record<string, unknown>> {
  const asked = (fields: string) => graph.get(`${item.path}?$select=${fields}${item.more ?? ''}`, prefer)
  try {
    return await asked(`${item.fields},body`)
  } catch (error) {
    if (error instanceof AppError && error.code === 'listEndless') return asked(item.fields)
    throw error
  }
}
