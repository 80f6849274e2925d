// Hands a stranger's text to a thread that cleans it, and gives up where that takes too much: nothing that somebody sends holds up
// this process.
import pLimit from 'p-limit'
import { Tinypool } from 'tinypool'
import { toAppError } from '../errors.ts'
import { id, type Log } from '../log.ts'
import { beginning, longestRead } from './bounds.ts'
import type { Text } from './cleaning.ts'
import type { Shown } from './model.ts'

/** So that one hostile text does not keep the next reader waiting. */
const threads = 2
/** The longest honest text takes half a second, and longer beside much else. */
const milliseconds = 5_000
const resourceLimits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }

/** What may be shown of a text. */
export interface Cleaned {
  readonly html: string
  readonly shown: Shown
}

/** As Graph hands it over; absent: there is none. */
export interface Body {
  readonly content?: string | null
  readonly contentType?: string | null
}

export type Cleaner = (body: Body | null | undefined) => Promise<Cleaned>

/**
 * @param program path of the built `cleaning.ts`
 * @returns a function that cleans one text after the other in each of its threads; it never throws
 */
export function openCleaner(program: string, log: Log): Cleaner {
  // Without the variables of the product: what is read there is hostile.
  const pool = new Tinypool({ filename: program, minThreads: 0, maxThreads: threads, idleTimeout: 60_000, resourceLimits, env: {} })
  pool.on('error', (error) => log.error('clean.thread', toAppError(error)))
  const inTurn = pLimit(threads)

  async function inThread(name: 'page' | 'words', text: Text): Promise<{ html: string; whole: boolean } | null> {
    const ending = new AbortController()
    const late = setTimeout(() => ending.abort(), milliseconds)
    try {
      return (await pool.run(text, { name, signal: ending.signal })) as { html: string; whole: boolean }
    } catch (error) {
      if (ending.signal.aborted) log.warn('clean.late', { what: id(name) })
      else log.error('clean.failed', toAppError(error), { what: id(name) })
      return null
    } finally {
      clearTimeout(late)
    }
  }

  return (body) => inTurn(async () => {
    const given = body?.content ?? ''
    const text = { content: beginning(given, longestRead), isHtml: body?.contentType !== 'text' }
    const page = await inThread('page', text)
    if (page !== null) return { html: page.html, shown: page.whole && text.content.length === given.length ? 'all' : 'beginning' }
    const words = await inThread('words', text)
    return words === null || words.html === '<pre></pre>' ? { html: '', shown: 'nothing' } : { html: words.html, shown: 'wordsOnly' }
  })
}
