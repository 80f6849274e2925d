// Names of authentication methods as Microsoft's own pages write them (Graph: userRegistrationDetails, methodsRegistered).
const words: Readonly<Record<string, string>> = {
  email: 'email',
  mobilePhone: 'mobile phone',
  alternateMobilePhone: 'alternate mobile phone',
  officePhone: 'office phone',
  securityQuestion: 'security questions',
  password: 'password',
  fido2SecurityKey: 'FIDO2 security key',
  passKeyDeviceBound: 'passkey',
  passKeyDeviceBoundAuthenticator: 'passkey in Microsoft Authenticator',
  passKeyDeviceBoundWindowsHello: 'passkey in Windows Hello',
  passKeySynced: 'synced passkey',
  microsoftAuthenticatorPush: 'Microsoft Authenticator (push)',
  microsoftAuthenticatorPasswordless: 'Microsoft Authenticator (passwordless)',
  softwareOneTimePasscode: 'one-time passcode (app)',
  hardwareOneTimePasscode: 'one-time passcode (token)',
  temporaryAccessPass: 'Temporary Access Pass',
  windowsHelloForBusiness: 'Windows Hello for Business',
  externalAuthMethod: 'external authentication method',
  macOsSecureEnclaveKey: 'Platform Credential for macOS',
}

/** Methods in words; one that Microsoft added since is shown by its own name, and none is said. */
export const methodWords = (methods: readonly string[]): string =>
  methods.length === 0 ? 'None known' : methods.map((method) => words[method] ?? method).join(', ')
