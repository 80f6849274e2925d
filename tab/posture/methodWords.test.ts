import { expect, test } from 'vitest'
import { methodWords } from './methodWords.ts'

test.each([
  [[], 'None known'],
  [['mobilePhone', 'microsoftAuthenticatorPush'], 'mobile phone, Microsoft Authenticator (push)'],
  [['x509Certificate'], 'certificate'],
  // As an account itself names them, where a tenant has no report.
  [['password', 'phone', 'microsoftAuthenticator', 'fido2'], 'password, phone, Microsoft Authenticator, FIDO2 security key or passkey'],
  [['softwareOath', 'softwareOneTimePasscode'], 'one-time passcode (app)'],
  [['password', 'microsoftAuthenticatorTelepathy'], 'password, another method'],
  [['brainWaveScan', 'brainWaveScan', 'constructor'], '2 other methods'],
])('%j', (methods, words) => {
  expect(methodWords(methods)).toBe(words)
})
