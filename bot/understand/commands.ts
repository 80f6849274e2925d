// The commands that exist: one table, from which the help text and the manifest are made, and against which the grammar is tested.
import type { Intent } from './intent.ts'

export type CommandScope = 'personal' | 'team' | 'groupChat'

export interface Command {
  readonly intent: Exclude<Intent['kind'], 'unknown' | 'greeting'>
  /** What the command menu puts into the box in which people write. */
  readonly title: string
  readonly description: string
  readonly example: string
  readonly scopes: readonly CommandScope[]
}

const everywhere: readonly CommandScope[] = ['personal', 'team', 'groupChat']

export const commands: readonly Command[] = [
  {
    intent: 'lastEmail',
    title: 'last email from',
    description: 'The newest email from a customer. In a channel the answer is written to you privately.',
    example: 'last email from Contoso',
    scopes: everywhere,
  },
  {
    intent: 'mfa',
    title: 'mfa',
    description: 'How many of a customer’s accounts are MFA capable, and how many privileged ones.',
    example: 'mfa Contoso',
    scopes: everywhere,
  },
  { intent: 'help', title: 'help', description: 'What I can do', example: 'help', scopes: everywhere },
]
