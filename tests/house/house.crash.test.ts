// A house that cannot be opened leaves nothing behind that would disturb the tests after it.
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
