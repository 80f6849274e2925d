// What is open beside the list, in a real browser: it goes when it is taken away, a text that is not there has no frame, and a
// customer that is archived has neither mail nor meetings.
import { beforeAll, expect, it } from 'vitest'
import { desk, house, useDesk } from '../house/oneDesk.fixture.ts'
import { until } from '../house/until.fixture.ts'

let customerId: string
const mails = new Map<string, string>()
const meetings = new Map<string, string>()

async function receive(subject: string, body: string) {
  const { id } = await house.simulator<{ id: string }>('POST', '/mail', { mailbox: house.personas.Admin.upn, from: 'kim.kettle@contoso.com', to: [house.personas.Admin.upn], subject, contentType: 'html', body })
  mails.set(subject, id)
}
async function meet(subject: string, body: string) {
  const start = new Date(Date.now() + 3_600_000).toISOString()
  const { iCalUId } = await house.simulator<{ iCalUId: string }>('POST', '/meetings', { mailbox: house.personas.Admin.upn, subject, start, end: start, attendees: ['kim.kettle@contoso.com'], body })
  meetings.set(subject, iCalUId)
}

useDesk({ world: 'tiny' }, async () => {
  customerId = (await house.customer('Contoso')).id
  await receive('to be deleted', '<p>secret text</p>')
  await receive('without text', '<div><br>&nbsp;</div>')
  await receive('short', '<p>Thank you.</p>')
  await receive('long', `<p>${'A long text. '.repeat(400)}</p>`)
  await receive('much of it', `<p>beginning${Array.from({ length: 60 }, (_, size) => `<font size="${size}">`).join('')}${'<p>x</p>'.repeat(20_000)}`)
  await meet('called off', '<p>agenda</p>')
  await meet('bare', '<html><body></body></html>')
  await house.synced('mail', 'calendar')
})
beforeAll(async () => {
  await desk.goTo(`customer/${customerId}`)
})

const opened = (noun: string) => desk.tab.getByRole('region', { name: `Opened ${noun}` })
const open = async (noun: 'message' | 'meeting', subject: string) => {
  await desk.tab.getByRole('button').filter({ has: desk.page.getByText(subject, { exact: true }) }).first().click()
  await opened(noun).getByRole('heading', { name: subject, exact: true }).waitFor()
  await opened(noun).getByRole('term').first().waitFor()
}

it('of a text that is too much its beginning is shown, with the way to Outlook', async () => {
  await open('message', 'much of it')
  await opened('message').getByText('This message is very long. Only its beginning is shown here.').waitFor()
  expect(await opened('message').getByRole('link', { name: 'Open it in Outlook' }).getAttribute('href')).toMatch(/^https:\/\/outlook\.office365\.com\//)
  const body = opened('message').frameLocator('iframe').locator('body')
  await body.getByText('beginning').first().waitFor()
  // A browser opens anew, in each block, what was left open before it.
  expect(await body.evaluate((element) => element.querySelectorAll('*').length)).toBeLessThan(200_000)
})

it('a text that is not there has no frame, and a short one a small frame', async () => {
  await open('message', 'without text')
  await opened('message').getByText('This message has no text.').waitFor()
  expect(await opened('message').locator('iframe').count()).toBe(0)
  await open('message', 'short')
  const short = (await opened('message').locator('iframe').boundingBox())!.height
  await open('message', 'long')
  const long = (await opened('message').locator('iframe').boundingBox())!.height
  expect(short).toBeLessThan(120)
  expect(long).toBeGreaterThan(400)
  await opened('message').getByRole('button', { name: 'Close message' }).click()
  await open('meeting', 'bare')
  await opened('meeting').getByText('This meeting has no text.').waitFor()
  await opened('meeting').getByRole('button', { name: 'Close meeting' }).click()
})

it('a mail that is deleted while it is read is taken away, and that is said', async () => {
  await open('message', 'to be deleted')
  await receive('another one', '<p>x</p>')
  await house.synced('mail')
  await desk.tab.getByText('another one', { exact: true }).waitFor()
  expect(await opened('message').getByRole('heading', { name: 'to be deleted' }).count()).toBe(1)
  await house.simulator('DELETE', `/mail/${mails.get('to be deleted')}`)
  await house.synced('mail')
  await opened('message').getByText('This message is no longer there').waitFor()
  expect(await opened('message').locator('iframe').count()).toBe(0)
  expect(await desk.tab.getByText('to be deleted').count()).toBe(0)
  await opened('message').getByRole('button', { name: 'Close message' }).click()
  await until('the focus is at the list', () => desk.tab.getByRole('heading', { name: 'Emails' }).evaluate((one) => one === document.activeElement))
})

it('a meeting likewise', async () => {
  await open('meeting', 'called off')
  await house.simulator('DELETE', `/meetings/${encodeURIComponent(meetings.get('called off')!)}`)
  await house.synced('calendar')
  await opened('meeting').getByText('This meeting is no longer there').waitFor()
  expect(await desk.tab.getByText('called off').count()).toBe(0)
})

it('a customer that is archived says that it has none, and cannot be read anew', async () => {
  await open('message', 'short')
  await house.as('Admin', 'PATCH', `/customers/${customerId}`, { archived: true })
  await desk.tab.getByText('Archived: its mail and meetings are deleted, and none are read.').waitFor()
  expect(await desk.tab.getByText('There was no mail with this customer').count()).toBe(0)
  expect(await opened('message').count()).toBe(0)
  expect(await desk.tab.getByRole('button', { name: /^Sync now/ }).count()).toBe(0)
})

it('the page raised no error', () => {
  expect(desk.complaints).toEqual([])
})
