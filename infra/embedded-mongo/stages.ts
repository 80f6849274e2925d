// Stages of aggregation pipelines, each a function from one stream of documents to another; and projections.
import { Int32 } from 'bson'
import { fail, notSupported } from './errors.ts'
import { compileExpression } from './expressions.ts'
import { type Flow, map, slice, sorted } from './flow.ts'
import { compareValues, identity } from './keys.ts'
import { compileFilter } from './matcher.ts'
import { parseSort } from './planner.ts'
import { addExactly, type Doc, isDoc, isMissing, isNumber, type Numeric, numberOr, show, truthy, typeOf } from './values.ts'

export type Stage = (input: Flow<Doc>) => Flow<Doc>

/** Compiles a projection: whole fields to keep, in the document's order, or to leave out; at `least` so many. */
export function compileProjection(spec: unknown, least = 0): (doc: Doc) => Doc {
  if (!isDoc(spec)) return fail(14, `a projection has to be an object, not ${typeOf(spec)}`)
  const odd = Object.entries(spec).find(([name, flag]) => /^\$|\./.test(name) || !(isNumber(flag) || typeof flag === 'boolean'))
  if (odd) notSupported(`'${odd[0]}: ${show(odd[1])}' in a projection`)
  if (Object.keys(spec).length < least) fail(51272, 'projection specification must have at least one field')
  const { _id: id, ...others } = spec
  const flags = Object.entries(others)
  const including = truthy(flags.length > 0 ? flags[0]![1] : id)
  const [one, other] = including ? ['inclusion', 'exclusion'] : ['exclusion', 'inclusion']
  const mixed = flags.find(([, flag]) => truthy(flag) !== including)
  if (mixed) fail(including ? 31254 : 31253, `Cannot do ${other} on field ${mixed[0]} in ${one} projection`)
  const named = new Set(flags.map(([name]) => name))
  if ((id === undefined || truthy(id)) === including) named.add('_id')
  return (doc) => Object.fromEntries(Object.entries(doc).filter(([name]) => named.has(name) === including))
}

/** What an accumulator makes of the value so far, undefined at first, and the next one. */
type Accumulator = (held: unknown, value: unknown) => unknown
const accumulators: Record<string, Accumulator> = {
  $sum: (held = new Int32(0), value) => (isNumber(value) ? addExactly(held as Numeric, value) : held),
  $min: (held = null, value) => (!isMissing(value) && (held === null || compareValues(value, held) < 0) ? value : held),
  $max: (held = null, value) => (!isMissing(value) && compareValues(value, held) > 0 ? value : held),
  $first: (held, value) => (held === undefined ? (value ?? null) : held),
}

function group(spec: unknown, now: Date): Stage {
  if (!isDoc(spec)) return fail(15947, "a group's fields must be specified in an object")
  if (!('_id' in spec)) return fail(15955, 'a group specification must include an _id')
  const { _id, ...others } = spec
  const parts = isDoc(_id) && !Object.keys(_id)[0]?.startsWith('$') ? Object.entries(_id) : []
  if (parts.some(([, value]) => isNumber(value) || typeof value === 'boolean')) fail(17390, '$group does not support inclusion-style expressions')
  // If an object has but one field, missing is null in it.
  const id = compileExpression(parts.length === 1 ? { [parts[0]![0]]: { $ifNull: [parts[0]![1], null] } } : _id, now)
  const fields = Object.entries(others).map(([name, source]) => {
    if (name.includes('.')) fail(40235, `The field name '${name}' cannot contain '.'`)
    if (!isDoc(source) || Object.keys(source).length !== 1) return fail(40234, `The field '${name}' must be an accumulator object`)
    const [[operator, operand] = ['']] = Object.entries(source)
    const accumulator = Object.hasOwn(accumulators, operator) ? accumulators[operator]! : fail(15952, `unknown group operator '${operator}'`)
    if (Array.isArray(operand)) fail(40237, `The ${operator} accumulator is a unary operator`)
    return { name, accumulator, value: compileExpression(operand, now) }
  })
  return function* (input) {
    const groups = new Map<string, { value: unknown; held: unknown[] }>()
    for (const doc of input) {
      yield undefined
      if (!doc) continue
      const key = id(doc) ?? null
      // The first of several equal values stands for them.
      const { value, held } = groups.get(identity(key)) ?? { value: key, held: [] }
      groups.set(identity(key), { value, held: fields.map((each, i) => each.accumulator(held[i], each.value(doc))) })
    }
    for (const { value, held } of groups.values()) yield { _id: value, ...Object.fromEntries(fields.map(({ name }, i) => [name, held[i]])) }
  }
}

const mapping = (change: (doc: Doc) => Doc | undefined): Stage => (input) => map(input, change)

const numbered = (name: string, least: number, code: number, stage: (value: number) => Stage) => (operand: unknown): Stage => {
  const value = numberOr(operand, NaN)
  return Number.isInteger(value) && value >= least ? stage(value) : fail(code, `invalid argument to ${name} stage: ${show(operand)}`)
}

const stages: Record<string, (operand: unknown, now: Date) => Stage> = {
  $match: (operand, now) => {
    if (!isDoc(operand)) return fail(15959, 'the match filter must be an expression in an object')
    const { test } = compileFilter(operand, now)
    return mapping((doc) => (test(doc) ? doc : undefined))
  },
  $sort: (operand) => {
    const sort = parseSort(operand)
    return (input) => sorted(input, (doc) => doc, sort)
  },
  $skip: numbered('$skip', 0, 5107200, (skip) => (input) => slice(input, skip, 0)),
  $limit: numbered('$limit', 1, 15958, (limit) => (input) => slice(input, 0, limit)),
  $project: (operand) => mapping(compileProjection(operand, 1)),
  $group: group,
  $count: (name) => {
    if (typeof name !== 'string' || name === '' || /^\$|\./.test(name)) return fail(40156, 'the count field must be a plain non-empty name')
    const count = group({ _id: null, [name]: { $sum: new Int32(1) } }, new Date(0))
    return (input) => map(count(input), ({ [name]: n }) => ({ [name]: n }))
  },
}

/** The name and the operand of a stage. */
export function stageOf(source: unknown): [name: string, operand: unknown] {
  const [stage, another] = isDoc(source) ? Object.entries(source) : []
  return stage && !another ? stage : fail(40323, 'A pipeline stage specification object must contain exactly one field.')
}

/** Compiles a pipeline. */
export function compileStages(pipeline: readonly unknown[], now: Date): Stage {
  const compiled = pipeline.map((source) => {
    const [name, operand] = stageOf(source)
    if (name === '$changeStream') fail(40573, 'The $changeStream stage is only supported on replica sets')
    return Object.hasOwn(stages, name) ? stages[name]!(operand, now) : fail(40324, `Unrecognized pipeline stage name: '${name}'`)
  })
  return (input) => compiled.reduce((flow, stage) => stage(flow), input)
}
