import { expect, it } from 'vitest'
import { grammar } from '../subjects.ts'
import { nearest } from './nearest.ts'

const commands = grammar.commands.filter(({ group }) => group !== null)

it.each([
  ['when do we meet again somewhere', 'next meeting with'],
  ['mailbox of everybody', 'last email from'],
  ['privileged', 'admins at'],
  ['synchronise it', 'sync status'],
  ['lizences', 'licences'],
  ['how secure', 'posture'],
])('%j is likest to %s', (plain, title) => expect(nearest(commands, plain, 3).map((command) => command.title)).toContain(title))

it('where nothing is alike, the first ones are offered', () => expect(nearest(commands, 'xyzzy', 3)).toEqual(commands.slice(0, 3)))
