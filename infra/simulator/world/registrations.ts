// What people have registered to prove who they are.

export interface Registration { methods: string[]; registered: boolean; capable: boolean; updatedAt: number }

/** What people register, one of it each. */
export const USUAL: readonly (readonly string[])[] = [
  ['microsoftAuthenticatorPush', 'softwareOneTimePasscode'], ['mobilePhone', 'email'], ['microsoftAuthenticatorPasswordless', 'mobilePhone'],
  ['fido2SecurityKey'], ['windowsHelloForBusiness', 'microsoftAuthenticatorPush'], ['passKeyDeviceBoundAuthenticator', 'mobilePhone'],
  ['hardwareOneTimePasscode'], ['x509Certificate'], ['temporaryAccessPass', 'mobilePhone'],
]

/** A registration row; `capable` defaults to "has registered something". */
export function registration(methods: readonly string[], at: number, capable = methods.some((m) => m !== 'email')): Registration {
  return { methods: [...methods], registered: methods.some((m) => m !== 'email'), capable, updatedAt: at }
}
