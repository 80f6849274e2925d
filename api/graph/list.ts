// Lists that are gathered in memory: short ones, with an end.
import { AppError } from '../errors.ts'
import type { Graph } from './graph.ts'
import { listPage, openBounds, type Limits, type Page } from './page.ts'

/** Far above any tenant that is known: at most a million role assignments, members of a group or licences. */
const listLimits: Limits = { pages: 1_000, bytes: 64 * 2 ** 20, milliseconds: 10 * 60_000 }

/** All pages of a short list. @throws AppError `listEndless` for one that leads on and on */
export async function readAll<T>(graph: Pick<Graph, 'get'>, path: string, limits = listLimits): Promise<T[]> {
  const bounds = openBounds(limits)
  const items: T[] = []
  for (let link: string | null = path; link !== null; ) {
    const page: Page<T> = listPage<T>(await graph.get(link))
    items.push(...page.items)
    bounds.passed(page)
    link = page.link?.url ?? null
  }
  return items
}

/** The list of what belongs to an object; empty where the object was deleted meanwhile, which what names it can outlive. */
export async function noneIfDeleted<T>(read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return []
    throw error
  }
}
