// Texts that are built so that cleaning them takes long: nobody else waits for them, and whoever opens one is told what is left out.
import { beforeAll, expect, it } from 'vitest'
import type { MeetingDetail } from '../../api/calendar/model.ts'
import type { MessageBody } from '../../api/mail/model.ts'
import { agenda, house, isOne, meet, rowOf, send, useExchange } from '../house/exchange.fixture.ts'
import { until } from '../house/until.fixture.ts'

useExchange()

const slow = '<b><p>a'.repeat(100_000)
const bodies = {
  nested: '<div>'.repeat(100_000),
  slow,
  long: `<p>beginning</p>${'<p>more and more</p>'.repeat(60_000)}<p>end</p>`,
  'many elements': `<p>beginning</p>${'<br>'.repeat(100_000)}<p>end</p>`,
  'opened anew': `<p>beginning${Array.from({ length: 60 }, (_, size) => `<font size="${size}">`).join('')}${'<p>x</p>'.repeat(20_000)}`,
  growing: '&'.repeat(900_000),
  'long words': `beginning ${'a & b < c > d '.repeat(100_000)} end`,
  'too large': `<p>${'x'.repeat(6_000_000)}</p>`,
  ordinary: '<p>Thank you.</p>',
}

beforeAll(async () => {
  for (const [subject, body] of Object.entries(bodies)) await send({ subject, contentType: subject === 'long words' ? 'text' : 'html', body })
  await meet({ subject: 'slow meeting', body: slow })
  await house.synced('mail', 'calendar')
})

const elementsIn = (html: string) => html.match(/<[a-z]/g)?.length ?? 0
const open = async (subject: string) => house.get<MessageBody>(`/messages/${(await rowOf(subject))!.id}/body`)
const outlook = expect.stringMatching(/^https:\/\/outlook\.office365\.com\//) as string

/** Asks others’ questions while something is opened, from when Microsoft has handed it over. @returns how many were answered before it */
async function answeredMeanwhile(opening: Promise<unknown>): Promise<number> {
  const before = house.graph().asked.length
  let open = true
  void opening.finally(() => (open = false)).catch(() => undefined)
  await until('Microsoft has handed the text over', () => Promise.resolve(house.graph().asked.slice(before).some(({ path, to }) => isOne(path) && to < Infinity)))
  let answered = 0
  for (;;) {
    await house.get('/customers', 'Viewer')
    if (!open) return answered
    answered += 1
  }
}

it('others are answered while a hostile mail is opened, and its reader has its words, what happened, and where to read it', async () => {
  const { id } = (await rowOf('slow'))!
  const opening = house.get<MessageBody>(`/messages/${id}/body`)
  expect(await answeredMeanwhile(opening)).toBeGreaterThan(5)
  const { shown, html, webLink } = await opening
  expect({ shown, webLink }).toEqual({ shown: 'wordsOnly', webLink: outlook })
  expect(html).toMatch(/^<pre>a\na\n/)
})

it('the text of a meeting is cleaned in the same way', async () => {
  const { id } = (await agenda()).find(({ subject }) => subject === 'slow meeting')!
  const opening = house.get<MeetingDetail>(`/meetings/${id}`)
  expect(await answeredMeanwhile(opening)).toBeGreaterThan(5)
  expect(await opening).toMatchObject({ shown: 'wordsOnly', webLink: outlook })
})

it.each(['long', 'many elements', 'opened anew', 'growing', 'long words'])('of %s the beginning is shown, and that it is', async (subject) => {
  const { html, shown, webLink } = await open(subject)
  expect({ shown, webLink }).toEqual({ shown: 'beginning', webLink: outlook })
  if (subject !== 'growing') expect(html).toContain('beginning')
  expect(html).not.toContain('end')
  expect(html.length).toBeLessThanOrEqual(2_000_000)
  expect(elementsIn(html)).toBeLessThanOrEqual(20_000)
})

it('what is too large to be fetched is not, and that is said', async () => {
  expect(await open('too large')).toMatchObject({ subject: 'too large', shown: 'nothing', html: '', webLink: outlook })
})

it('however it is nested, something is answered', async () => {
  expect(['all', 'beginning', 'wordsOnly', 'nothing']).toContain((await open('nested')).shown)
})

it('an ordinary mail is shown whole, after all that', async () => {
  expect(await open('ordinary')).toMatchObject({ shown: 'all', html: '<p>Thank you.</p>', webLink: null })
})
