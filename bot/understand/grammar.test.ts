// The commands of all subjects together.
import { describe, expect, it } from 'vitest'
import { grammar } from '../subjects.ts'

const { commands, subjects } = grammar

describe('the table of commands', () => {
  it('has words that fit into the menus of Teams', () => {
    for (const { title, description } of commands) {
      expect(title.length).toBeLessThanOrEqual(32)
      expect(description.length).toBeLessThanOrEqual(128)
    }
    expect(new Set(commands.map(({ title }) => title)).size).toBe(commands.length)
  })

  it('has every kind of question of every subject once, and help at its end', () => {
    const kinds = subjects.flatMap(({ questions }) => questions.map(({ kind }) => kind))
    expect(new Set(kinds).size).toBe(kinds.length)
    expect(commands.map(({ intent }) => intent).sort()).toEqual([...kinds, 'help'].sort())
    expect(commands.at(-1)?.intent).toBe('help')
  })

  it('begins with the questions that lead, which greetings offer as buttons', () => {
    expect(commands.slice(0, 3).map(({ intent }) => intent)).toEqual(['lastEmail', 'nextMeeting', 'mfa'])
  })
})
