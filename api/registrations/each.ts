// Accounts that are asked for one by one: what fails is about one of them, or about all.
import { AppError } from '../errors.ts'
import type { Round } from '../sync/round.ts'

/** A request costs at most one place in the lane, and a batch as many as it holds. */
export const portion = 5

/**
 * Counts what came, and notes by name what did not.
 * @throws AppError what is not about one account alone, nothing that came at all included
 */
export async function noteEach({ parts }: Round, answers: ReadonlyMap<string, unknown>, others: boolean): Promise<void> {
  const came = [...answers].filter(([, answer]) => !(answer instanceof AppError))
  for (const [id] of came) await parts.attempt({ what: 'account', id }, () => Promise.resolve())
  for (const [id, answer] of answers) {
    if (!(answer instanceof AppError)) continue
    if (isOfOne(answer) && (others || came.length > 0)) parts.skip({ what: 'account', id }, answer)
    else await parts.attempt({ what: 'account', id }, () => Promise.reject(answer))
  }
}

/** Whether an error may be about one account alone, where Microsoft answers for others at the same time. */
export const isOfOne = ({ code, retryAfterSeconds }: AppError): boolean => code === 'serviceUnavailable' && retryAfterSeconds === undefined
