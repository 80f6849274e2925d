// The commands as part of a card.
import { ask, facts, type Action } from '../parts/card.ts'

export interface CommandText {
  readonly title: string
  readonly example: string
  readonly description: string
}

export const commandFacts = (commands: readonly CommandText[]) => facts(commands.map(({ example, description }) => [example, description]))
/** Without an example: in a channel a customer's name would look like news about that customer. */
export const commandTitles = (commands: readonly CommandText[]) => facts(commands.map(({ title: words, description }) => [words, description]))
export const commandList = (personal: boolean, commands: readonly CommandText[]) => (personal ? commandFacts(commands) : commandTitles(commands))
export const commandButtons = (commands: readonly CommandText[]): Action[] => commands.slice(0, 3).map(({ title: words }) => ask(words, words))
