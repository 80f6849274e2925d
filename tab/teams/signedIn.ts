// Who is signed in, by Teams. @microsoft/teamsfx answers it and is on its way out, so it stands behind this interface and
// comes in a chunk of its own, after the page is there.
import type { SignedIn } from './teamsfxUser.ts'
import { claimsOf, signInToken } from './token.ts'

/** The person by the sign-in token, for display only; null when it cannot be told. Never rejects. */
export async function whoIsSignedIn(): Promise<SignedIn | null> {
  try {
    const clientId = claimsOf(await signInToken()).aud
    const { teamsfxUser } = await import('./teamsfxUser.ts')
    return await teamsfxUser(clientId)
  } catch {
    return null
  }
}
