// Errors as a client of MongoDB sees them: number, name and text.
const names: Record<number, string> = {
  1: 'InternalError', 2: 'BadValue', 9: 'FailedToParse', 14: 'TypeMismatch', 18: 'AuthenticationFailed', 20: 'IllegalOperation',
  26: 'NamespaceNotFound', 27: 'IndexNotFound', 28: 'PathNotViable', 40: 'ConflictingUpdateOperators', 43: 'CursorNotFound',
  48: 'NamespaceExists', 50: 'MaxTimeMSExpired', 53: 'InvalidIdField', 59: 'CommandNotFound', 66: 'ImmutableField',
  67: 'CannotCreateIndex', 72: 'InvalidOptions', 73: 'InvalidNamespace', 85: 'IndexOptionsConflict', 86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress', 123: 'NotAReplicaSet', 168: 'InvalidPipelineOperator', 171: 'CannotIndexParallelArrays',
  175: 'QueryPlanKilled', 197: 'InvalidIndexSpecificationOption', 237: 'CursorKilled', 238: 'NotImplemented',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed', 10334: 'BSONObjectTooLarge', 11000: 'DuplicateKey', 40415: 'IDLUnknownField',
}

/** An error that is sent to the client with MongoDB's own code; `details` are further fields of the reply. */
export class MongoError extends Error {
  readonly code: number
  readonly codeName: string
  readonly details: Record<string, unknown>

  constructor(code: number, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.code = code
    this.codeName = names[code] ?? `Location${code}`
    this.details = details
  }
}

/** Throws a MongoError; typed so that it can stand where a value is expected. */
export function fail(code: number, message: string, details?: Record<string, unknown>): never {
  throw new MongoError(code, message, details)
}

/** Refuses something that MongoDB can do and this server cannot. */
export function notSupported(what: string, code = 238): never {
  return fail(code, `${what} is not supported by the embedded server; set MONGODB_URI`)
}

/** Refuses further options of an operator: those that MongoDB knows, and with `code` those that nobody knows. */
export function refuseOptions(operator: string, options: object, known: readonly string[], code: number): void {
  const [name] = Object.keys(options)
  if (name !== undefined) {
    if (known.includes(name)) notSupported(`'${name}' of ${operator}`)
    fail(code, `Unrecognized option of ${operator}: ${name}`)
  }
}

/** Whatever was thrown as the error that the client gets; what is not a MongoError is a defect here. */
export function asMongoError(error: unknown): MongoError {
  return error instanceof MongoError ? error : new MongoError(1, String(error))
}
