// Accounts that are asked for one by one: what fails is about one of them, or about all.
import { AppError } from '../errors.ts'
import { attemptEach } from '../sync/parts.ts'
import type { Round } from '../sync/round.ts'

/** A request costs at most one place in the lane, and a batch as many as it holds. */
export const portion = 5

/**
 * Counts what came, and notes by name what did not.
 * @throws AppError what is not about one account alone, nothing that came at all included
 */
export async function noteEach({ parts }: Round, answers: ReadonlyMap<string, unknown>, others: boolean): Promise<void> {
  const failed = new Map([...answers].filter((one): one is [string, AppError] => one[1] instanceof AppError))
  const came = [...answers.keys()].filter((id) => !failed.has(id))
  await attemptEach(parts, 'account', came, failed, (error) => isOfOne(error) && (others || came.length > 0))
}

/** Whether an error may be about one account alone, where Microsoft answers for others at the same time. */
export const isOfOne = ({ code, retryAfterSeconds }: AppError): boolean => code === 'serviceUnavailable' && retryAfterSeconds === undefined
