// Which names a customer may have: none by which another living one is known. Every problem at once, in words.
import type { Database } from '../database/collection.ts'
import { AppError, type Problem } from '../errors.ts'
import { Customers, nameKey, nameKeys, type CustomerDoc } from './rows.ts'

type Named = Pick<CustomerDoc, 'name' | 'aliases'>

/**
 * The names that a customer holds from now on. What it is called already is not refused: two could have one name once.
 * @param customerId whose they are
 * @param before as it is called; null for a new one, and for one that is restored
 * @throws AppError `conflict` with one problem a refused name
 */
export async function heldNames(db: Database, customerId: string, after: Named, before: Named | null): Promise<string[]> {
  const others = (await db(Customers).holdersOfNames(nameKeys(after))).filter(({ _id }) => _id !== customerId)
  const known = new Set(before === null ? [] : nameKeys(before))
  const problemOf = (field: string, name: string): Problem[] => {
    const message = known.has(nameKey(name)) ? null : refusal(others, nameKey(name))
    return message === null ? [] : [{ field, message }]
  }
  const problems = [...problemOf('name', after.name), ...after.aliases.flatMap((alias) => problemOf('aliases', alias))]
  if (problems.length > 0) throw new AppError('conflict', { problems, sentence: [...new Set(problems.map(({ message }) => message))].join(' ') })
  const taken = new Set(others.flatMap((other) => other.heldNames))
  return nameKeys(after).filter((key) => !taken.has(key))
}

function refusal(others: readonly CustomerDoc[], key: string): string | null {
  const named = others.find(({ name }) => nameKey(name) === key)
  if (named !== undefined) return `There is already a customer named ${named.name}.`
  const called = others.find(({ aliases }) => aliases.some((alias) => nameKey(alias) === key))
  return called === undefined ? null : `${called.name} is also called ${called.aliases.find((alias) => nameKey(alias) === key)!}.`
}
