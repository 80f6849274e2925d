// What a house does for its tests: one that cannot be opened leaves nothing behind that would disturb those after it, and one that
// is asked or used wrongly says how.
import { expect, it } from 'vitest'
import { openHouse } from './house.fixture.ts'
import { until } from './until.fixture.ts'

const running = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length

it.each([
  ['the product does not start', { environment: { OUTPOST_ROLES: 'nobody' } }],
  ['no tenant can be connected', { environment: { OUTPOST_ENTRA_ORIGIN: 'http://127.0.0.1:9' } }],
])('when %s, the processes of a house that fails to open end', async (_, options) => {
  const before = running()
  await expect(openHouse({ world: 'tiny', alone: true, ...options })).rejects.toThrow()
  await until('its processes have ended', () => Promise.resolve(running() === before))
})

it('a house says which streams there are, and which requests no permission of them opens', async () => {
  const house = await openHouse({ world: 'tiny' })
  await expect(house.synced('typo')).rejects.toThrow(/^No stream is called typo here\. There are: .*\bmail\b/)
  await fetch(`${house.origin}/v1.0/policies/other`)
  await house.simulator('DELETE', '/violations')
  await expect(house.close()).rejects.toThrow('No permission of a stream opens these.')
})
