// For tests: what cards are given, and what is looked for in them.
import { describe, expect, it } from 'vitest'
import { streams } from '../../api/subjects.ts'
import type { Freshness } from '../../api/sync/model.ts'
import type { Card } from '../adapter/port.ts'
import type { CardContext } from '../parts/card.ts'
import { openLinks } from '../parts/links.ts'
import { localTimes } from '../parts/localTimes.ts'
import { hostile } from './cardLint.fixture.ts'

export const context: CardContext = { links: openLinks('app-1', 'https://outpost.example/', 'bot-1'), times: localTimes('en-GB', 'Europe/Berlin') }
export const contoso = { id: 'c1', name: 'Contoso' }
/** A customer of somebody who means harm. */
export const evil = { id: 'c1', name: hostile, domains: ['contoso.com'] }
export const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

/** What people read of a stream. */
export const wordsOf = (stream: string) => streams.find(({ name }) => name === stream)!.words

/** Of three, one could not be read lately. */
export const freshnessOf = (stream: string, more: Partial<Freshness> = {}): Freshness =>
  ({ stream, words: wordsOf(stream), of: 3, current: 2, asOf: '2026-11-20T14:00:00Z', lastError: { code: 'x', message: 'The mailbox robin@msp.example is gone.', at: '2026-11-20T13:00:00Z' }, ...more })

export const textOf = (card: Card) => JSON.stringify(card.content)

export const says = (card: Card, ...parts: string[]) => {
  for (const part of parts) expect(textOf(card)).toContain(part)
}
export const never = (card: Card, ...parts: string[]) => {
  for (const part of parts) expect(JSON.stringify(card)).not.toContain(part)
}

/** In a channel it would be news about a customer, also as an example. */
export function namesNobody(cards: Readonly<Record<string, Card>>): void {
  it.each(Object.entries(cards))('%s names no customer, not as an example either', (_, card) => expect(textOf(card) + card.summary).not.toMatch(/Contoso|Fabrikam|click/))
}

const first = { current: 0, asOf: null, lastError: null }
const failing = { current: 1, asOf: null }
const unconnected = { of: 0, current: 0, asOf: null, lastError: null }

/** @param cards that show nothing, made of what is known of how old they are */
export function neitherNoneNorZero(cards: (more: Partial<Freshness>) => Record<string, Card>): void {
  it.each(Object.entries(cards(first)))('while the first sync runs, %s says neither none nor 0', (_, card) => {
    never(card, 'No email', 'No meeting', 'There is none', 'has no licences', '0 of', 'is connected yet')
    says(card, 'eing read for the first time')
  })
}

/** The same of cards that say that there is none. */
export function noneOnlyWhereKnown(cards: (more: Partial<Freshness>) => Record<string, Card>): void {
  describe('none', () => {
    neitherNoneNorZero(cards)
    it.each(Object.entries(cards(failing)))('is not said by %s while a part has never been read', (_, card) => {
      never(card, 'No email', 'No meeting', 'There is none', 'No next')
      says(card, 'Not known yet: not all of 3', 'have been read.', '1 of 3')
    })
    it.each(Object.entries(cards(unconnected)))('is not said by %s when nothing is connected that could be read', (_, card) => {
      never(card, 'No email', 'No meeting', 'There is none')
      says(card, 'Not known: no')
    })
  })
}
