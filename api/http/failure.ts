// Every answer that is not a success, in one form.
import type { Request, Response } from 'restify'
import { AppError } from '../errors.ts'
import { requestIdOf } from './arrival.ts'
import type { Failure } from './model.ts'

/** Whoever reads it has asked, and waits. */
export function failureOf(error: AppError, req: Request): Failure {
  return { error: { code: error.code, message: error.asked, requestId: requestIdOf(req), ...(error.problems === undefined ? {} : { problems: [...error.problems] }), ...(error.states === undefined ? {} : { states: error.states }) } }
}

/** In a header, when one may ask again. */
export function sayWhen({ retryAfterSeconds }: AppError, res: Response): void {
  if (retryAfterSeconds !== undefined) res.header('Retry-After', String(Math.ceil(retryAfterSeconds)))
}

export function sendFailure(error: AppError, req: Request, res: Response): void {
  sayWhen(error, res)
  res.send(error.status, failureOf(error, req))
}
