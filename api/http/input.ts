// What comes in, checked by its schema; what is wrong with it, in words for people. Where a schema has words of its own, those count.
import type { z } from 'zod'
import { AppError, type Problem } from '../errors.ts'

/** @throws AppError `invalidInput` with every problem at once */
export function checkedInput(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value, { error: plainWords })
  if (result.success) return result.data
  const problems: Problem[] = result.error.issues.map((issue) => ({ field: issue.path.join('.') || 'body', message: issue.message }))
  throw new AppError('invalidInput', { problems })
}

type Issue = Parameters<z.core.$ZodErrorMap>[0]

const kinds: Readonly<Record<string, string>> = {
  string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', array: 'a list', object: 'an object with fields', date: 'a date', null: 'empty',
}
const formats: Readonly<Record<string, string>> = {
  guid: 'a GUID', uuid: 'a GUID', email: 'an email address', url: 'a web address', date: 'a date, like 2027-05-31', datetime: 'a date and time, like 2027-05-31T08:00:00Z',
}

function plainWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'This is missing.' : mustBe(kinds[issue.expected])
    case 'invalid_format':
      return mustBe(formats[issue.format])
    case 'invalid_value':
      return `This must be one of: ${issue.values.map(String).join(', ')}.`
    case 'too_small':
      return isNumber(issue.origin) ? `This must be ${String(issue.minimum)} or more.` : issue.minimum === 1 ? 'This is empty.' : `This has ${String(issue.minimum)} ${partsOf(issue.origin)} at least.`
    case 'too_big':
      return isNumber(issue.origin) ? `This must be ${String(issue.maximum)} or less.` : `This has ${String(issue.maximum)} ${partsOf(issue.origin)} at most.`
    case 'unrecognized_keys':
      return `Outpost does not know ${issue.keys.join(', ')}.`
    default:
      return mustBe(undefined)
  }
}

const mustBe = (what: string | undefined): string => (what === undefined ? 'This is not in a form that Outpost understands.' : `This must be ${what}.`)
const isNumber = (origin: string): boolean => origin === 'number' || origin === 'int'
const partsOf = (origin: string): string => (origin === 'string' ? 'characters' : 'entries')
