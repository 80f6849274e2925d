// Talking with the bot: in a house whose channel it has been added to.
import { afterAll, beforeAll, expect } from 'vitest'
import { openHouse, type House, type HouseOptions, type RoleName } from '../house/house.fixture.ts'

export interface Activity {
  type: string
  where: 'personal' | 'channel'
  to?: string
  text?: string
  summary?: string
  attachments?: { contentType: string; content: unknown }[]
}
/** Of the file that is running. */
export let house: House

/** Opens the house before the tests of the file that calls this, and closes it after them. */
export function useChat(options: HouseOptions = {}): void {
  beforeAll(async () => {
    house = await openHouse(options)
    await house.simulator('POST', '/channel', { action: 'add' })
  })
  afterAll(() => house?.close())
}

export const ask = async (role: RoleName, text: string, where: 'personal' | 'channel' = 'personal') => {
  const { status, activities } = await house.simulator<{ status: number; activities: Activity[] }>('POST', '/chat', { from: house.personas[role].upn, text, where })
  expect(status).toBe(200)
  return activities.filter((activity) => activity.type === 'message')
}
export const textOf = (activities: Activity[]) => JSON.stringify(activities.map(({ text, summary, attachments }) => ({ text, summary, attachments })))
