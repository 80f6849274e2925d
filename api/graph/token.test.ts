// Answers of Entra to an application, over HTTP and through MSAL: what each means, and who waits.
import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { AppError, type ErrorCode } from '../errors.ts'
import { openTokens, type Tokens } from './token.ts'

let answer: { status: number; headers?: Record<string, string>; body: unknown }
let asked: number
let tokens: Tokens
const server = createServer((request, response) => {
  request.resume()
  asked += 1
  response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers }).end(JSON.stringify(answer.body))
})
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
})
beforeEach(() => {
  asked = 0
  tokens = openTokens(`http://127.0.0.1:${(server.address() as { port: number }).port}`)
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const token = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`
const good = { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: token } }
const refusal = (number: number, status = 400, error = 'unauthorized_client') => ({ status, body: { error, error_description: `AADSTS${number}: x`, error_codes: [number] } })
const get = () => tokens.get({ tenantId: '11111111-1111-4111-8111-111111111111', clientId: 'c', clientSecret: 's' })
const failure = async (): Promise<AppError> => {
  const error: unknown = await get().then(() => null, (reason: unknown) => reason)
  expect(error).toBeInstanceOf(AppError)
  return error as AppError
}

it.each<[number, ErrorCode, RegExp]>([
  [7000215, 'secretInvalid', /^The client secret is wrong/],
  [7000222, 'secretExpired', /^The client secret has expired/],
  [700016, 'appUnknown', /is not known in this tenant/],
  [7000229, 'appUnknown', /no service principal in this tenant/],
  [7000112, 'appDisabled', /^This application is disabled/],
  [70001, 'appDisabled', /^This application is disabled/],
  [500014, 'graphDisabled', /^Microsoft Graph is disabled/],
  [650052, 'graphDisabled', /^Microsoft Graph is disabled/],
  [53003, 'policyBlocks', /^A Conditional Access policy/],
  [530035, 'policyBlocks', /a security default/],
  [90002, 'tenantUnknown', /^There is no tenant/],
  [90038, 'tenantUnknown', /national cloud/],
  [5000225, 'tenantBlocked', /^Microsoft has blocked this tenant/],
  [65001, 'consentMissing', /^Admin consent is missing/],
  [650057, 'consentMissing', /^Admin consent is missing/],
  [501051, 'consentMissing', /is not assigned/],
])('AADSTS%i is %s, for a person to mend', async (number, code, words) => {
  answer = refusal(number)
  const error = await failure()
  expect(error).toMatchObject({ code, retry: 'person' })
  expect(error.message).toMatch(words)
})

it.each([400, 401])('one that nobody knows, with status %i, is a refusal that is named by its number', async (status) => {
  answer = refusal(7654321, status, 'invalid_client')
  const error = await failure()
  expect(error).toMatchObject({ code: 'signInRefused', retry: 'person' })
  expect(error.message).toContain('AADSTS7654321')
})

it.each<[string, number, ErrorCode]>([
  ['interaction_required', 53003, 'policyBlocks'],
  ['consent_required', 65001, 'consentMissing'],
  ['invalid_grant', 53003, 'policyBlocks'],
])('%s counts by its number, AADSTS%i', async (error, number, code) => {
  answer = refusal(number, 400, error)
  expect(await failure()).toMatchObject({ code })
})

it.each<[number, ErrorCode]>([[90033, 'serviceUnavailable'], [50196, 'throttled']])('AADSTS%i passes by itself, whatever its status', async (number, code) => {
  answer = refusal(number)
  expect(await failure()).toMatchObject({ code, retry: 'later' })
})

it.each<[string, typeof answer, object]>([
  ['429 with a time', { status: 429, headers: { 'Retry-After': '3600' }, body: {} }, { code: 'throttled', retryAfterSeconds: 3600 }],
  ['429 without one', { status: 429, body: {} }, { code: 'throttled', retryAfterSeconds: undefined }],
  ['503 with a time', { ...refusal(90033, 503), headers: { 'Retry-After': '600' } }, { code: 'serviceUnavailable', retryAfterSeconds: 600 }],
  ['500', { status: 500, body: {} }, { code: 'serviceUnavailable', retryAfterSeconds: undefined }],
  ['a refusal with a time', { ...refusal(7000222), headers: { 'Retry-After': '600' } }, { code: 'secretExpired' }],
])('after %s MSAL does not wait as well: the next try asks Microsoft', async (_, bad, expected) => {
  answer = bad
  expect(await failure()).toMatchObject(expected)
  answer = good
  expect(await get()).toBe(token)
  expect(asked).toBe(2)
})

it.each<[string, typeof answer]>([
  ['a page of a proxy', { status: 200, body: 'Sign in' }],
  ['a way to somebody else', { status: 307, headers: { Location: 'http://127.0.0.1:9/' }, body: {} }],
  ['a refusal without a number', { status: 400, body: { error: 'proxy' } }],
])('%s is an outage', async (_, bad) => {
  answer = bad
  expect(await failure()).toMatchObject({ code: 'serviceUnavailable', retry: 'later' })
})

it('an answer without an end is not read on', async () => {
  answer = { status: 200, body: 'x'.repeat(2_000_000) }
  expect(await failure()).toMatchObject({ code: 'listEndless', retry: 'later' })
})
