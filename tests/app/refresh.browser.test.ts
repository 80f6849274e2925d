// What stands in view while the service says that something is newer, in a real browser: nothing is lost, moved or held back.
import type { Route } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { desk, house, useDesk } from '../house/oneDesk.fixture.ts'
import { until } from '../house/until.fixture.ts'

let customerId: string
useDesk({}, async () => {
  customerId = (await house.customer('Contoso')).id
})

let names = 0
/** Tells every open tab that customers changed. */
const change = () => house.as('Admin', 'PATCH', `/customers/${customerId}`, { aliases: [`Name ${(names += 1)}`] })
const letGo = (route: Route) => route.continue().catch(() => undefined)
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Holds requests back until all are released, those that come later as well. */
function holding() {
  let open = false
  const waiting: (() => void)[] = []
  return {
    count: () => waiting.length,
    answer: async (route: Route): Promise<void> => {
      if (!open) await new Promise<void>((resolve) => waiting.push(resolve))
      await letGo(route)
    },
    release: () => {
      open = true
      for (const resolve of waiting) resolve()
    },
  }
}

/** While `during` runs, requests of the tab to `path` are answered by `answer`. Ends when each of them has been answered. */
async function routed(path: RegExp, answer: (route: Route) => Promise<void>, during: () => Promise<void>): Promise<void> {
  const answering = new Set<Promise<void>>()
  await desk.page.route(path, (route) => {
    const answered = answer(route).finally(() => answering.delete(answered))
    answering.add(answered)
    return answered
  })
  try {
    await during()
  } finally {
    // One that nobody answers can keep its connection, of which a page has six.
    while (answering.size > 0) await Promise.all(answering)
    await desk.page.unroute(path)
  }
}

it('a list that changes faster than it can be fetched is shown all the same', async () => {
  await desk.goTo('security')
  let going = true
  const changing = async () => {
    while (going) await Promise.all([change(), pause(200)])
  }
  const slowly = async (route: Route) => {
    await pause(2500)
    await letGo(route)
  }
  await routed(/\/api\/v1\/customers$/, slowly, async () => {
    const changes = changing()
    try {
      await desk.goTo('customers')
      await desk.tab.getByRole('table', { name: 'Customers' }).waitFor({ timeout: 10_000 })
    } finally {
      going = false
      await changes
    }
  })
})

describe('Show more', () => {
  const first = /\/messages\?limit=/
  const next = /\/messages\?after=/
  const rows = () => desk.tab.getByRole('list', { name: 'Messages' }).getByRole('listitem')
  const more = () => desk.tab.getByRole('button', { name: 'Show more' })
  const receive = async (subject: string) => {
    await house.simulator('POST', '/mail', { mailbox: house.personas.Admin.upn, from: 'kim.kettle@contoso.com', to: [house.personas.Admin.upn], subject })
    await house.synced('mail')
  }

  beforeAll(async () => {
    await house.simulator('POST', '/mail/bulk', { mailbox: house.personas.Admin.upn, folder: 'inbox', count: 300 })
    await house.synced('mail')
    await desk.goTo(`customer/${customerId}`)
    await until('a page', async () => (await rows().count()) === 25)
  })

  it('stays as it is while the list is read again behind it', async () => {
    const held = holding()
    await routed(first, held.answer, async () => {
      try {
        await receive('Arrived meanwhile')
        await until('the list is being read', () => Promise.resolve(held.count() > 0))
        expect(await more().getAttribute('aria-disabled')).toBeNull()
      } finally {
        held.release()
      }
      await rows().getByText('Arrived meanwhile').waitFor()
    })
  })

  it('shows the next page also when the list changes while that is fetched', async () => {
    const held = holding()
    await routed(next, held.answer, async () => {
      try {
        await more().click()
        await until('the next page is asked for', () => Promise.resolve(held.count() > 0))
        const again = desk.page.waitForResponse(first)
        await receive('Arrived in between')
        await (await again).finished()
        await pause(500)
      } finally {
        held.release()
      }
      await until('two pages', async () => (await rows().count()) === 50, 10)
      await rows().getByText('Arrived in between').waitFor()
      // And it stays so when all is read once more.
      await receive('Arrived at last')
      await rows().getByText('Arrived at last').waitFor()
      expect(await rows().count()).toBe(50)
    })
  })

  it('says beside the button that the next page could not be had, and brings it when asked again', async () => {
    const alert = more().locator('xpath=..').getByRole('alert')
    await routed(next, (route) => route.abort(), async () => {
      await more().click()
      await alert.getByText('Outpost cannot be reached').waitFor()
    })
    await more().click()
    await until('three pages', async () => (await rows().count()) === 75, 10)
    expect(await alert.count()).toBe(0)
  })
})

it('an opened mail has its subject while its text is being fetched', async () => {
  await desk.goTo(`customer/${customerId}`)
  const row = desk.tab.getByRole('list', { name: 'Messages' }).getByRole('button', { name: 'Arrived at last' })
  const held = holding()
  await routed(/\/body$/, held.answer, async () => {
    try {
      await row.click()
      const opened = desk.tab.getByRole('region', { name: 'Opened message' })
      await opened.getByText('Fetching the text').waitFor()
      expect(await opened.getByRole('heading').textContent()).toBe('Arrived at last')
    } finally {
      held.release()
    }
  })
})

it('customers under Admin stay in view when they cannot be read again', async () => {
  await desk.goTo('admin/customers')
  await desk.tab.getByRole('button', { name: 'Edit Contoso' }).waitFor()
  await routed(/\/api\/v1\/customers\?/, (route) => route.abort(), async () => {
    await change()
    await desk.tab.getByText(/Outpost does not answer at the moment/).waitFor()
    expect(await desk.tab.getByRole('button', { name: 'Edit Contoso' }).count()).toBe(1)
  })
})

it('a connection for changes that has gone silent is opened anew', async () => {
  await desk.page.clock.install()
  const silent = holding()
  await routed(/\/api\/v1\/changes$/, silent.answer, async () => {
    try {
      await desk.page.reload()
      await desk.tab.getByRole('link', { name: 'Contoso' }).waitFor()
      await until('it is opened', () => Promise.resolve(silent.count() === 1))
      await desk.page.clock.fastForward(61_000)
      await desk.page.clock.fastForward(2_000)
      await until('it is opened again', () => Promise.resolve(silent.count() > 1), 10)
    } finally {
      silent.release()
    }
  })
  await desk.page.clock.fastForward(120_000)
  await desk.goTo('admin/customers')
  await change()
  await desk.tab.getByText(`Also Name ${names}`).waitFor()
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
