// The commands as part of a card.
import { ask, buttons, textBlock, type Action, type Element } from '../parts/card.ts'

export interface CommandText {
  readonly title: string
  readonly label: string
  readonly group: string | null
}

/** Names nobody: what needs a customer asks back for one. */
const button = ({ label, title }: CommandText): Action => ask(label, title)

/** All of them, each one to be pressed, under the names of their groups. */
export function commandGroups(commands: readonly CommandText[]): Element[] {
  const groups = [...new Set(commands.flatMap(({ group }) => group ?? []))]
  return groups.flatMap((group) => [
    textBlock(group, { weight: 'Bolder', spacing: 'Medium' }),
    { ...buttons(commands.filter((command) => command.group === group).map(button)), spacing: 'Small' },
  ])
}

export const commandButtons = (commands: readonly CommandText[]): Action[] => commands.slice(0, 3).map(button)
