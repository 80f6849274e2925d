// The commands that exist: one table, from which the help text and the manifest are made, and against which the grammar is tested.
import type { Intent } from './intent.ts'

export type CommandScope = 'personal' | 'team' | 'groupChat'

export interface Command {
  readonly intent: Exclude<Intent['kind'], 'unknown' | 'greeting'>
  /** What the command menu puts into the box in which people write. Teams: at most 32 characters. */
  readonly title: string
  /** Teams: at most 128 characters. Names no customer, because it is shown in channels too. */
  readonly description: string
  readonly example: string
  readonly scopes: readonly CommandScope[]
}

const everywhere: readonly CommandScope[] = ['personal', 'team', 'groupChat']

/** Teams lists at most 12 of them in a scope. */
export const commands: readonly Command[] = [
  {
    intent: 'lastEmail',
    title: 'last email from',
    description: 'The newest email from a customer. In a channel the answer is written to you privately.',
    example: 'last email from Contoso',
    scopes: everywhere,
  },
  {
    intent: 'nextMeeting',
    title: 'next meeting with',
    description: 'The next meeting with a customer that you may see, answered privately.',
    example: 'next meeting with Contoso',
    scopes: everywhere,
  },
  {
    intent: 'mfa',
    title: 'mfa',
    description: 'How many of a customer’s accounts are MFA capable, and how many privileged ones.',
    example: 'mfa Contoso',
    scopes: everywhere,
  },
  {
    intent: 'emails',
    title: 'emails from',
    description: 'Up to 5 emails: from, to or with a customer, about some words, last week, since Monday, on a date.',
    example: 'emails about invoice with Contoso since Monday',
    scopes: everywhere,
  },
  {
    intent: 'whoEmailed',
    title: 'who emailed last at',
    description: 'Who at a customer wrote last. “who emailed …… last” tells who of your people did.',
    example: 'who emailed last at Contoso',
    scopes: everywhere,
  },
  {
    intent: 'meetings',
    title: 'meetings today',
    description: 'Today’s meetings with all customers, or with one: “meetings with …… next week”. Answered privately.',
    example: 'meetings with Contoso next week',
    scopes: everywhere,
  },
  {
    intent: 'posture',
    title: 'posture',
    description: 'How well all customers are protected, worst first; “posture of ……” for one.',
    example: 'posture of Contoso',
    scopes: everywhere,
  },
  {
    intent: 'noMfa',
    title: 'who has no mfa at',
    description: 'Accounts of a customer that are not MFA capable, privileged ones first. In a channel: counts only.',
    example: 'who has no mfa at Contoso',
    scopes: everywhere,
  },
  {
    intent: 'admins',
    title: 'admins at',
    description: 'Who holds privileged roles at a customer, also through groups or PIM. Answered privately.',
    example: 'admins at Contoso',
    scopes: everywhere,
  },
  {
    intent: 'licences',
    title: 'licences',
    description: 'Licences that a customer has bought, used and has free, and warnings.',
    example: 'licences Contoso',
    scopes: everywhere,
  },
  {
    intent: 'syncStatus',
    title: 'sync status',
    description: 'How fresh the data of each tenant is, and what could not be read.',
    example: 'sync status',
    scopes: everywhere,
  },
  { intent: 'help', title: 'help', description: 'What I can do', example: 'help', scopes: everywhere },
]

/** Those of a place, as an activity names it. */
export const commandsIn = (place: 'personal' | 'channel' | 'groupChat'): Command[] =>
  commands.filter(({ scopes }) => scopes.includes(place === 'channel' ? 'team' : place))
