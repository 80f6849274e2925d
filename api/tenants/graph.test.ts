import { expect, it } from 'vitest'
import type { Graph } from '../graph/graph.ts'
import { expiryOf, readOrganization } from './graph.ts'

const credential = (hint: string | null, endDateTime: string) => ({ hint, endDateTime })

it.each([
  ['the one in use, not the newest', [credential('abc', '2027-01-01T00:00:00Z'), credential('xyz', '2028-01-01T00:00:00Z')], '2027-01-01'],
  ['of two that begin alike the first to end', [credential('abc', '2028-01-01T00:00:00Z'), credential('abc', '2027-06-01T00:00:00Z')], '2027-06-01'],
  ['unknown when none begins like it', [credential('xyz', '2028-01-01T00:00:00Z'), credential(null, '2029-01-01T00:00:00Z')], undefined],
  ['unknown without any', [], undefined],
])('the expiry of a secret is that of %s', (_, credentials, expected) => {
  expect(expiryOf(credentials, 'abcdef')?.toISOString().slice(0, 10)).toBe(expected)
})

it.each([[{ value: [] }], [{ value: [{ displayName: 'Proseware' }] }], [{ value: [{ displayName: 'Proseware', verifiedDomains: [] }] }]])(
  'an organisation without a domain is no answer: %j',
  async (body) => {
    const graph = { get: () => Promise.resolve(body) } as unknown as Graph
    await expect(readOrganization(graph)).rejects.toMatchObject({ code: 'serviceUnavailable' })
  },
)
