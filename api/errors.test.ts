import { MongoBulkWriteError, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb'
import { expect, it } from 'vitest'
import { AppError, toAppError } from './errors.ts'

const answered = (code: number) => new MongoServerError({ message: 'no', code })

it.each([
  ['a connection that broke', new MongoNetworkError('gone'), 'databaseUnavailable'],
  ['a server that is not found', new MongoServerSelectionError('nobody', {} as never), 'databaseUnavailable'],
  ['a server that ends', answered(91), 'databaseUnavailable'],
  ['a question that took too long there', answered(50), 'databaseUnavailable'],
  ['Azure Cosmos DB asking for patience', answered(16500), 'databaseUnavailable'],
  ['a disk that is full', answered(14031), 'databaseClosed'],
  ['a full disk, told of many writes', new MongoBulkWriteError({ message: 'no', code: 14031, writeErrors: [] as never }, {} as never), 'databaseClosed'],
  ['an account that may only read', answered(13), 'databaseClosed'],
  ['a secondary', answered(10107), 'databaseClosed'],
  ['a duplicate', answered(11000), 'internal'],
  ['a defect of ours', new TypeError('x is not a function'), 'internal'],
  ['an error of another package with the same code', Object.assign(new Error('no'), { code: 13 }), 'internal'],
  ['no error at all', 'no', 'internal'],
])('%s', (_what, thrown, code) => {
  expect(toAppError(thrown)).toMatchObject({ code, cause: thrown })
})

it('what is ours already stays as it is', () => {
  const ours = new AppError('notFound')
  expect(toAppError(ours)).toBe(ours)
})
