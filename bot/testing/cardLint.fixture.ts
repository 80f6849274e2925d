// For tests: what every card has to keep to, whatever others wrote into the data that it shows.
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import type { Card } from '../adapter/port.ts'

// Microsoft's renderer. Its files for bundlers import each other without endings, which Node.js does not resolve.
const { AdaptiveCard, HostConfig, SerializationContext, Versions } = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof import('adaptivecards')

/** What Microsoft's renderer objects to: unknown elements, properties and values, and what is missing. */
function objections(content: unknown): string[] {
  const context = new SerializationContext(Versions.v1_5)
  const card = new AdaptiveCard()
  card.hostConfig = new HostConfig({ actions: { maxActions: 6 } })
  card.parse(content, context)
  const parsing = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)
  return [...parsing, ...card.validateProperties().validationEvents.map(({ message }) => message)]
}

/** A name or a subject of somebody who means harm. */
export const hostile = '<at>everyone</at> **bold** [click](https://evil.example) _x_ `y` \u202Egnp.exe # <img src=x>'

export function lintCards(cards: Readonly<Record<string, Card>>): void {
  describe.each(Object.entries(cards))('the card %s', (_, card) => {
    const actions = (card.content.actions ?? []) as { type: string; title: string; url?: string; data?: { msteams: { type: string; text: string } } }[]

    it('is a small Adaptive Card 1.5 with a fallback and a summary', () => {
      expect(card.content).toMatchObject({ type: 'AdaptiveCard', version: '1.5' })
      expect(card.content.fallbackText).toBeTruthy()
      expect(card.summary).toBeTruthy()
      expect(Buffer.byteLength(JSON.stringify(card.content))).toBeLessThan(20_000)
    })

    it('is drawn by Microsoft’s renderer without an objection', () => expect(objections(card.content)).toEqual([]))

    it('has at most six buttons, each with a title and something to do', () => {
      expect(actions.length).toBeLessThanOrEqual(6)
      for (const action of actions) {
        expect(action.title).toBeTruthy()
        if (action.type === 'Action.OpenUrl') expect(action.url).toMatch(/^https:\/\/teams\.microsoft\.com\/l\//)
        else expect(action.data?.msteams.text).toBeTruthy()
      }
    })

    it('mentions nobody', () => {
      expect(JSON.stringify({ ...card.content, actions: [] }) + card.summary).not.toMatch(/<\/?at\b/i)
      expect(JSON.stringify(card.content)).not.toContain('"entities"')
    })

    it('draws nobody’s markdown', () => {
      const drawn: string[] = []
      const walk = (value: unknown): void => {
        if (Array.isArray(value)) value.forEach(walk)
        else if (typeof value === 'object' && value !== null) {
          const element = value as Record<string, unknown>
          if (element.type === 'TextBlock') drawn.push(String(element.text))
          if (element.type === 'FactSet') drawn.push(JSON.stringify(element.facts))
          Object.values(element).forEach(walk)
        }
      }
      walk(card.content.body)
      for (const line of drawn) expect(line).not.toMatch(/(^|[^\\])(\*\*|\[click)/)
      for (const line of drawn) expect(line).not.toMatch(/\u202E/)
    })
  })
}
