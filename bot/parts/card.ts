// Adaptive Cards 1.5, the newest version that Teams draws, as plain objects from plain functions.
// Source of the limits: Teams platform, "Types of cards" (at most 6 actions, a fallback text, a summary for the toast).
import { visible } from '../../api/visible.ts'
import type { Card } from '../adapter/port.ts'
import type { Links } from './links.ts'
import type { LocalTimes } from './localTimes.ts'

export type Element = Readonly<Record<string, unknown>>
export type Action = Readonly<Record<string, unknown>>

/** What every card is given besides its facts. */
export interface CardContext {
  readonly times: LocalTimes
  readonly links: Links
}

const mostActions = 6
const longestLine = 500

/** Text of ours, without markdown of others in it; customers' texts pass `escaped` first. */
export function textBlock(text: string, more: Readonly<Record<string, unknown>> = {}): Element {
  return { type: 'TextBlock', text, wrap: true, ...more }
}

export const title = (text: string): Element => textBlock(text, { weight: 'Bolder', size: 'Medium' })
export const aside = (text: string): Element => textBlock(text, { isSubtle: true, size: 'Small', spacing: 'Small' })

/** Text that somebody else wrote, shown as it is: a TextRun knows no markdown. Cut where it would make the card too large. */
export function verbatim(text: string, more: Readonly<Record<string, unknown>> = {}): Element {
  const line = harmless(text)
  const shown = line.length > longestLine ? `${[...line].slice(0, longestLine).join('')}…` : line
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: shown, ...more }] }
}

export function facts(rows: readonly (readonly [string, string])[]): Element {
  return { type: 'FactSet', facts: rows.map(([name, value]) => ({ title: name, value })) }
}

/** A button that says something to the bot, as if the person had typed it. @param shown what everybody reads instead */
export function ask(label: string, question: string, shown = question): Action {
  return { type: 'Action.Submit', title: harmless(label), data: { msteams: { type: 'messageBack', text: question, displayText: harmless(shown) } } }
}

/** Buttons in the middle of a card; Teams draws six at most. */
export const buttons = (actions: readonly Action[]): Element => ({ type: 'ActionSet', actions: actions.slice(0, mostActions) })

export function open(label: string, url: string): Action {
  return { type: 'Action.OpenUrl', title: harmless(label), url }
}

// What could start a mention, and what Teams reads as a date to be written out: "{{DATE(2026-11-30T10:00:00Z)}}".
const mention = /<(?=\/?at\b)/gi
const written = /\{(?=\{(?:DATE|TIME)\()/g
/** Stands between two characters, and nobody sees it. */
const wordJoiner = '\u2060'

/** One line of somebody else's text, without mentions, dates of its own and unseen characters. */
export function harmless(text: string): string {
  return visible(text).replace(mention, '‹').replace(written, `{${wordJoiner}`).trim()
}

/** The same for text that is drawn as markdown: shown as written, without emphasis, links or entities of its own. */
export function escaped(text: string): string {
  return harmless(text)
    .replace(/[\\`*_~[\]<]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/^([#>+-])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

/**
 * @param parts summary: what the toast shows; body: the first element says what the card is; actions: at most 6
 */
export function toCard(parts: { summary: string; body: readonly Element[]; actions?: readonly Action[] }): Card {
  const actions = (parts.actions ?? []).slice(0, mostActions)
  return {
    summary: harmless(parts.summary),
    content: {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.5',
      fallbackText: harmless(parts.summary),
      body: parts.body,
      ...(actions.length === 0 ? {} : { actions }),
    },
  }
}
