// No question to the database waits for ever. The driver (7.8 and 7.9) never ends an operation that begins in the moment in which
// its connection ends, or whose connection dies while the request is still being written: it waits for a socket to drain that is
// gone. A unit of work that hung so would be kept by its worker until the process ends.
import pTimeout from 'p-timeout'
import { AppError } from '../errors.ts'

/** Longer than the driver's own limit for finding a server, and than any question: what could take long goes in portions. */
const milliseconds = 20_000

/** @throws AppError `databaseUnavailable` when there is no outcome in time; whether a write has happened is not known then */
export function inTime<T>(asked: Promise<T>, limit = milliseconds): Promise<T> {
  return pTimeout(asked, {
    milliseconds: limit,
    fallback: () => {
      throw new AppError('databaseUnavailable', { cause: new Error(`no answer within ${limit / 1000} seconds`) })
    },
  })
}

/** The same questions, each with the limit. @param room functions that return promises */
export function allInTime<Room extends object>(room: Room): Room {
  const limited = Object.entries(room).map(([name, ask]: [string, (...given: unknown[]) => Promise<unknown>]) => [name, (...given: unknown[]) => inTime(ask(...given))])
  return Object.fromEntries(limited) as Room
}
