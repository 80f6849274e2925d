// A house with one desk in it, for test files that need no more.
import { afterAll, beforeAll } from 'vitest'
import { openDesk, type Desk } from './desk.fixture.ts'
import { openHouse, type House, type HouseOptions } from './house.fixture.ts'

/** Of the file that is running. */
export let house: House
export let desk: Desk

/** Opens both before the tests of the file that calls this, and closes them after them. @param furnish what is done in the house before the desk is opened */
export function useDesk(options: HouseOptions = {}, furnish: () => Promise<void> = () => Promise.resolve()): void {
  beforeAll(async () => {
    house = await openHouse(options)
    await furnish()
    desk = await openDesk(house)
  })
  afterAll(async () => {
    await desk?.close()
    await house?.close()
  })
}

/** In the tab, by their names. */
export const button = (name: string) => desk.tab.getByRole('button', { name, exact: true })
export const form = (name: string) => desk.tab.getByRole('form', { name })
export const inForm = (name: string, what: string) => form(name).getByRole('button', { name: what, exact: true })
