// The list of accounts behind the MFA coverage, in words.
import type { Coverage, MfaAnswer } from '../../api/posture/model.ts'

export const capableWords: Record<MfaAnswer['capable'], string> = { no: 'Not MFA capable', unknown: 'Unknown', yes: 'MFA capable' }

/** How many of all enabled members are in the list, and how many of these are on the page: "60 of 120 enabled members · first 50 shown". */
export function listedWords(shown: number, of: number, members: number): string {
  return `${of} of ${members} ${members === 1 ? 'enabled member' : 'enabled members'}${shown < of ? ` · first ${shown} shown` : ''}`
}

/** Why nobody is in the list. Who is unknown stands in neither of the others, so it is never "all" while there is one. */
export function nobodyWords(mfa: MfaAnswer['capable'], { of, unknown }: Coverage): string {
  if (of === 0) return 'No enabled member is known. What has been read stands under "How current this is".'
  if (mfa === 'unknown') return 'It is known of every enabled member.'
  if (unknown === 0) return mfa === 'no' ? 'Every enabled member is MFA capable.' : 'No enabled member is MFA capable.'
  const known = `No enabled member is known ${mfa === 'no' ? 'not to be' : 'to be'} MFA capable.`
  return `${known} ${unknown} of ${of} ${unknown === 1 ? 'is' : 'are'} unknown: choose Unknown to see why.`
}
