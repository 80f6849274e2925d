import { TeamsUserCredential } from '@microsoft/teamsfx'

export interface SignedIn {
  name: string
  userPrincipalName: string
}

/** Asks teamsfx for the name in the sign-in token. Its login window is never used, yet its constructor wants an address. */
export async function teamsfxUser(clientId: string): Promise<SignedIn | null> {
  const credential = new TeamsUserCredential({ clientId, initiateLoginEndpoint: `${location.origin}/tab/` })
  const user = await credential.getUserInfo()
  return user.displayName === '' ? null : { name: user.displayName, userPrincipalName: user.preferredUserName }
}
