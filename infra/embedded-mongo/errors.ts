// Errors as a client of MongoDB sees them, and the checks that all commands share.

/** Throws an error that is sent to the client with MongoDB's own code; `details` are further fields of the reply. */
export function fail(code: number, errmsg: string, details: object = {}): never {
  throw Object.assign(new Error(errmsg), { reply: { code, errmsg, ...details } })
}

/** Refuses something that MongoDB can do and this server cannot. */
export function notSupported(what: string, code = 238): never {
  return fail(code, `${what} is not supported by the embedded server; set MONGODB_URI`)
}

/** The fields of a reply that tell of an error; what was not thrown by `fail` is a defect here. */
export const describeError = (error: unknown): object => (error as { reply?: object }).reply ?? { code: 1, errmsg: String(error) }

const common = ['$db', 'lsid', '$clusterTime', '$readPreference', 'comment', 'apiVersion', 'readConcern', 'writeConcern', 'maxTimeMS']
const beyond = ['collation', 'let', 'arrayFilters', 'min', 'max', 'tailable', 'allowDiskUse', 'bypassDocumentValidation']

/** Refuses fields that a command or statement does not know; `known` are those besides what every command has. */
export function checkFields(name: string, command: object, known: string): void {
  for (const field of Object.keys(command)) {
    if (field === name || known.split(' ').includes(field) || common.includes(field)) continue
    if (field === 'txnNumber') fail(20, 'Transaction numbers are only allowed on a replica set member or mongos')
    if (beyond.includes(field)) notSupported(field)
    fail(40415, `BSON field '${name}.${field}' is an unknown field.`)
  }
}
