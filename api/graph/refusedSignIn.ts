// What Entra means when it gives an application no token: the AADSTS numbers that can occur with client credentials. Entra:
// "Microsoft Entra authentication and authorization error codes". Branch on the number, never on the text.
import { AppError, type ErrorCode } from '../errors.ts'

interface Meaning {
  readonly code: ErrorCode
  /** Where it can say more than the code. */
  readonly sentence?: string
}

const numbers = (code: ErrorCode, list: readonly number[], sentence?: string) => list.map((number) => [number, { code, ...(sentence === undefined ? {} : { sentence }) }] as const)

const meanings = new Map<number, Meaning>([
  ...numbers('secretInvalid', [7000215, 70002]),
  ...numbers('secretExpired', [7000222]),
  ...numbers('appUnknown', [700016, 700011]),
  ...numbers(
    'appUnknown', [7000229],
    'This application has no service principal in this tenant: it was never consented to here, or its enterprise application was deleted. An administrator of the tenant consents to it again.',
  ),
  ...numbers('appDisabled', [7000112, 70001, 1000031]),
  ...numbers('graphDisabled', [500014, 500011, 650052, 650054, 50001]),
  ...numbers('policyBlocks', [53000, 53001, 53002, 53003, 53004, 53011, 530032, 530034, 530035, 50097, 50131]),
  ...numbers('tenantUnknown', [90002, 900023, 90019, 50059, 50128]),
  ...numbers(
    'tenantUnknown', [90038, 90051, 900382, 900432],
    'This tenant lies in a national cloud of Microsoft, which Outpost reaches only when OUTPOST_ENTRA_ORIGIN and OUTPOST_GRAPH_ORIGIN name that cloud.',
  ),
  ...numbers('tenantBlocked', [5000224, 5000225]),
  ...numbers('consentMissing', [65001, 65005, 650056, 650057, 90008, 90094, 90095, 90099]),
  ...numbers(
    'consentMissing', [50105, 501051],
    'In this tenant Microsoft Graph may be used by assigned applications alone, and this one is not assigned. Its administrator assigns it, or switches “Assignment required” off for Microsoft Graph.',
  ),
  // Transient by Microsoft's own word, although some of them come with 400.
  ...numbers('throttled', [50196, 90055]),
  ...numbers('serviceUnavailable', [50033, 70012, 90006, 90012, 90024, 90033, 90090, 90091]),
])

/**
 * A refusal of Entra's with status 400, 401 or 403.
 * @param number of its first AADSTS code; NaN when it named none
 */
export function refusedSignIn(number: number, cause: unknown): AppError {
  const meaning = meanings.get(number)
  if (meaning !== undefined) return new AppError(meaning.code, { cause, ...(meaning.sentence === undefined ? {} : { sentence: meaning.sentence }) })
  // Not an answer of Entra's at all, or a form of it that nobody knows: a proxy's page, say.
  if (!(number > 0)) return new AppError('serviceUnavailable', { cause })
  const sentence = `Microsoft refused the sign-in of the application with AADSTS${number}. What that means, and what to do, is shown at https://login.microsoftonline.com/error?code=${number}.`
  return new AppError('signInRefused', { cause, sentence })
}
