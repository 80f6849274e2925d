// Parts of a round that fail alone: a folder, a message, an account. The rest is read, and what was not is counted and named.
import { AppError, type ErrorCode } from '../errors.ts'

/** Something that could not be read. Named by Microsoft's id: a folder's name or a subject would say too much. */
export interface UnreadPart {
  readonly what: 'folder' | 'folders' | 'message' | 'meeting' | 'account' | 'group' | 'licence'
  readonly id: string
  readonly code: ErrorCode
  readonly message: string
}

export interface Parts {
  /**
   * Reads a part; what concerns it alone is noted and not thrown.
   * @returns undefined when it could not be read
   * @throws AppError what concerns the whole round: credentials, throttling, the database, an outage
   */
  attempt<T>(part: Pick<UnreadPart, 'what' | 'id'>, read: () => Promise<T>): Promise<T | undefined>
  /** Notes an item that could not be read, in a part that otherwise was. */
  skip(part: Pick<UnreadPart, 'what' | 'id'>, error: AppError): void
  /** @returns true for the one container of this round that may be read whole although nothing asks for it */
  claimReconciliation(): boolean
  /** What was not read; null when everything was. @throws the first failure when nothing was read at all */
  outcome(): Unread | null
}

export interface Unread {
  readonly error: AppError
  readonly unread: readonly UnreadPart[]
}

/** What says something about this part alone. Everything else would fail with each other part as well. */
const ofOnePart: ReadonlySet<ErrorCode> = new Set([
  'gone', 'objectGone', 'mailboxUnknown', 'mailboxFull', 'accessDenied', 'refused', 'filterRefused', 'graphUnexpected', 'bookmarkLost', 'listDoubted', 'listEndless',
])

/** So many rounds in a row have failed, of whatever cause, before an outage is taken for the fault of a part. */
const patience = 3

/** @param attempts rounds of this unit that have failed in a row */
export function openParts(attempts: number): Parts {
  const unread: UnreadPart[] = []
  let read = 0
  let first: AppError | null = null
  let outage = false
  let reconciled = false

  function note(part: Pick<UnreadPart, 'what' | 'id'>, error: AppError): void {
    first ??= error
    if (unread.some(({ what, id }) => what === part.what && id === part.id)) return
    unread.push({ ...part, code: error.code, message: error.message })
  }

  return {
    async attempt(part, action) {
      try {
        const value = await action()
        read++
        outage = false
        return value
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        // What fails again and again may be this part, e.g. a message that Exchange cannot read. Two parts in a row are an outage.
        const away = error.code === 'serviceUnavailable'
        if (!ofOnePart.has(error.code) && (!away || outage || attempts < patience)) throw error
        outage = away
        note(part, error)
        return undefined
      }
    },
    skip(part, error) {
      read++
      note(part, error)
    },
    claimReconciliation() {
      const mine = !reconciled
      reconciled = true
      return mine
    },
    outcome() {
      if (first === null) return null
      if (read === 0) throw first
      return { error: new AppError('partlyRead', { sentence: sentenceOf(unread), cause: first }), unread }
    },
  }
}

/**
 * Notes of parts that were asked for together which came, and which did not.
 * @param isOfOne whether an error is about its part alone, because Microsoft answered about others at the same time
 */
export async function attemptEach(
  parts: Parts, what: UnreadPart['what'], came: Iterable<string>, failed: ReadonlyMap<string, AppError>, isOfOne: (error: AppError, id: string) => boolean,
): Promise<void> {
  for (const id of came) await parts.attempt({ what, id }, () => Promise.resolve())
  for (const [id, error] of failed) {
    if (isOfOne(error, id)) parts.skip({ what, id }, error)
    else await parts.attempt({ what, id }, () => Promise.reject(error))
  }
}

const plural = (count: number, what: UnreadPart['what']) => (what === 'folders' ? 'the list of folders' : `${count} ${what}${count === 1 ? '' : 's'}`)

function sentenceOf(unread: readonly UnreadPart[]): string {
  const kinds = [...new Set(unread.map(({ what }) => what))]
  const counts = kinds.map((what) => plural(unread.filter((part) => part.what === what).length, what))
  return `Everything was read but ${new Intl.ListFormat('en').format(counts)}. ${unread[0]!.message}`
}
