// Every answer that is not a success, in one form.
import type { Request, Response } from 'restify'
import { AppError } from '../errors.ts'
import { requestIdOf } from './arrival.ts'
import type { Failure } from './model.ts'

/** Whoever reads it has asked, and waits. */
export function failureOf(error: AppError, req: Request): Failure {
  return { error: { code: error.code, message: error.asked, requestId: requestIdOf(req), ...(error.problems === undefined ? {} : { problems: [...error.problems] }), ...(error.states === undefined ? {} : { states: error.states }) } }
}

export function sendFailure(error: AppError, req: Request, res: Response): void {
  if (error.retryAfterSeconds !== undefined) res.header('Retry-After', String(Math.ceil(error.retryAfterSeconds)))
  res.send(error.status, failureOf(error, req))
}
