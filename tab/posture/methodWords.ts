// Names of authentication methods as Microsoft's own pages write them. The report (Graph: userRegistrationDetails, methodsRegistered) and
// an account itself (Graph: types of "authenticationMethod") name them differently.
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
  x509Certificate: 'certificate',
  macOsSecureEnclaveKey: 'Platform Credential for macOS',
  phone: 'phone',
  fido2: 'FIDO2 security key or passkey',
  microsoftAuthenticator: 'Microsoft Authenticator',
  passwordlessMicrosoftAuthenticator: 'Microsoft Authenticator (passwordless)',
  softwareOath: 'one-time passcode (app)',
  hardwareOath: 'one-time passcode (token)',
  platformCredential: 'Platform Credential for macOS',
  qrCodePin: 'QR code',
  external: 'external authentication method',
  sms: 'text message',
  qrCode: 'QR code',
  oneTimePasscode: 'one-time passcode',
}

/** Methods in words, each once: none is said, and so is that there are some that Microsoft has added since. */
export function methodWords(methods: readonly string[]): string {
  const known = methods.filter((method) => Object.hasOwn(words, method))
  const others = new Set(methods).size - new Set(known).size
  const more = others === 0 ? [] : [others === 1 ? 'another method' : `${others} other methods`]
  return [...new Set(known.map((method) => words[method])), ...more].join(', ') || 'None known'
}
