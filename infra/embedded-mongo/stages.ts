// Stages of aggregation pipelines, each a function from one stream of documents to another.
import { calculateObjectSize, Double, Int32 } from 'bson'
import { fail, notSupported, refuseOptions } from './errors.ts'
import { compileExpression, type Expression, extreme, newScope, type Scope } from './expressions.ts'
import { identity } from './keys.ts'
import { compileFilter } from './matcher.ts'
import { parseSort } from './planner.ts'
import { compileProjection, compileSet, compileUnset } from './projection.ts'
import { type Flow, map, slice, sorted, sortKey } from './scan.ts'
import { arithmetic, type Doc, field, isDoc, isMissing, isNumber, type Numeric, numberOr, setField, show, toNumber, typeName } from './values.ts'

/** Documents of another collection whose field has one of the values. */
export type LookUp = (from: string, field: string, values: unknown[]) => Flow<Doc>

export interface Stage {
  run: (input: Flow<Doc>) => Flow<Doc>
  /** Top-level fields that it needs of its input; undefined when it needs them all. */
  roots?: Set<string> | undefined
}

const envOf = (root: Doc, vars: Doc = {}) => ({ root, vars })
const mapped = (change: (doc: Doc) => Doc | undefined): Stage => ({ run: (input) => map(input, change) })

function replaceRoot(operand: unknown, scope: Scope): Stage {
  const expression = compileExpression(operand, scope)
  return mapped((doc) => {
    const root = expression(envOf(doc))
    return isDoc(root) ? root : fail(40228, `'newRoot' expression must evaluate to an object, but resulting value was: ${show(root)}`)
  })
}

/** What an accumulator makes of all values of a group, one after the other. */
type Accumulator = (values: unknown[]) => { add: (value: unknown) => void; result: () => unknown }

/** Collects in `held` what `keep` wants and makes the result of it. */
const holding = (keep: (held: unknown[], value: unknown) => void, result: (held: unknown[]) => unknown): Accumulator => (held) =>
  ({ add: (value) => keep(held, value), result: () => result(held) })
const sum = (held: unknown[], value: unknown) => {
  if (isNumber(value)) held[0] = arithmetic('+', (held[0] as Numeric | undefined) ?? new Int32(0), value)
}
const best = (sign: 1 | -1) => holding((held, value) => { held[0] = extreme([held[0], value], sign) }, ([value]) => value)

const accumulators: Record<string, Accumulator> = {
  $sum: holding(sum, ([total = new Int32(0)]) => total),
  $count: holding(sum, ([total]) => total),
  $avg: holding((held, value) => {
    sum(held, value)
    if (isNumber(value)) held[1] = ((held[1] as number | undefined) ?? 0) + 1
  }, ([total, count]) => (count ? new Double(toNumber(total as Numeric) / (count as number)) : null)),
  $min: best(-1),
  $max: best(1),
  $first: holding((held, value) => { if (held.length === 0) held.push(value ?? null) }, ([value]) => value),
  $last: holding((held, value) => { held[0] = value ?? null }, ([value]) => value),
  $push: holding((held, value) => { if (value !== undefined) held.push(value) }, (held) => held),
  $addToSet: () => {
    const known = new Map<string, unknown>()
    return { add: (value) => { if (value !== undefined) known.set(identity(value), value) }, result: () => [...known.values()] }
  },
}

interface GroupField {
  name: string
  accumulator: Accumulator
  value: Expression
}

function group(spec: unknown, outer: Scope): Stage {
  if (!isDoc(spec)) return fail(15947, "a group's fields must be specified in an object")
  if (!('_id' in spec)) return fail(15955, 'a group specification must include an _id')
  const scope = { ...outer, roots: new Set<string>() }
  const id = compileExpression(spec._id, scope)
  const fields = Object.entries(spec).filter(([name]) => name !== '_id').map(([name, source]): GroupField => {
    if (name.includes('.')) fail(40235, `The field name '${name}' cannot contain '.'`)
    if (!isDoc(source) || Object.keys(source).length !== 1) return fail(40234, `The field '${name}' must be an accumulator object`)
    const [[operator, operand] = ['']] = Object.entries(source)
    const accumulator = Object.hasOwn(accumulators, operator) ? accumulators[operator]! : fail(15952, `unknown group operator '${operator}'`)
    return { name, accumulator, value: compileExpression(operator === '$count' ? new Int32(1) : operand, scope) }
  })
  return { roots: scope.roots, run: (input) => grouped(input, id, fields) }
}

const groupBytes = 100 * 1024 * 1024

function* grouped(input: Flow<Doc>, id: Expression, fields: GroupField[]): Flow<Doc> {
  const groups = new Map<string, { id: unknown; states: ReturnType<Accumulator>[] }>()
  const growing = fields.some(({ accumulator }) => accumulator === accumulators.$push || accumulator === accumulators.$addToSet)
  let bytes = 0
  for (const doc of input) {
    if (doc === undefined) {
      yield undefined
      continue
    }
    const env = envOf(doc)
    const value = id(env) ?? null
    const key = identity(value)
    const found = groups.get(key) ?? { id: value, states: fields.map(({ accumulator }) => accumulator([])) }
    if (!groups.has(key)) bytes += key.length + 64 * fields.length
    if (growing) bytes += calculateObjectSize(doc)
    if (bytes > groupBytes) fail(292, "Exceeded memory limit for $group, but didn't allow external sort.")
    groups.set(key, found)
    fields.forEach(({ value: each }, i) => found.states[i]!.add(each(env)))
  }
  for (const { id: _id, states } of groups.values()) {
    const out: Doc = { _id }
    fields.forEach(({ name }, i) => setField(out, name, states[i]!.result()))
    yield out
  }
}

function* counted(input: Flow<Doc>, name: string): Flow<Doc> {
  let count = 0
  for (const doc of input) {
    if (doc) count++
    else yield undefined
  }
  if (count > 0) yield { [name]: new Int32(count) }
}

function unwind(operand: unknown): Stage {
  const { path, preserveNullAndEmptyArrays: preserve, ...rest }: Doc = isDoc(operand) ? operand : { path: operand }
  refuseOptions('$unwind', rest, ['includeArrayIndex'], 28811)
  if (typeof path !== 'string') return fail(28808, 'expected a string as the path for $unwind stage')
  if (!path.startsWith('$')) return fail(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`)
  const parts = path.slice(1).split('.')
  const set = compileSet({ [path.slice(1)]: '$$element' }, { ...newScope(new Date(0)), vars: ['element'] })
  const run = function* (input: Flow<Doc>): Flow<Doc> {
    for (const doc of input) {
      const value = parts.reduce<unknown>((inner, part) => (isDoc(inner) ? field(inner, part) : undefined), doc)
      if (doc && Array.isArray(value)) for (const element of value) yield set(doc, envOf(doc, { element }))
      const empty = Array.isArray(value) ? value.length === 0 : isMissing(value)
      if (!doc || (!empty && !Array.isArray(value)) || (preserve === true && value === null)) yield doc
      else if (empty && preserve === true) yield value === undefined ? doc : set(doc, envOf(doc))
    }
  }
  return { run }
}

function lookup(operand: unknown, lookUp: LookUp): Stage {
  if (!isDoc(operand)) return fail(9, 'the $lookup specification must be an Object')
  const { from, localField, foreignField, as, ...rest } = operand
  refuseOptions('$lookup', rest, ['pipeline', 'let'], 9)
  if (typeof from !== 'string' || typeof localField !== 'string' || typeof foreignField !== 'string' || typeof as !== 'string')
    return fail(9, "$lookup requires 'from', 'localField', 'foreignField' and 'as' to be strings")
  const local = compileExpression(`$${localField}`, newScope(new Date(0)))
  const set = compileSet({ [as]: '$$found' }, { ...newScope(new Date(0)), vars: ['found'] })
  const run = function* (input: Flow<Doc>): Flow<Doc> {
    for (const doc of input) {
      const value = doc && (local(envOf(doc)) ?? null)
      const found: Doc[] = []
      for (const match of doc ? lookUp(from, foreignField, Array.isArray(value) ? value : [value]) : []) {
        if (match) found.push(match)
        else yield undefined
      }
      yield doc && set(doc, envOf(doc, { found }))
    }
  }
  return { run }
}

function wholeNumber(name: string, operand: unknown, least: number, code: number): number {
  const value = numberOr(operand, NaN)
  return Number.isInteger(value) && value >= least ? value : fail(code, `invalid argument to ${name} stage: ${show(operand)}`)
}

const stages: Record<string, (operand: unknown, scope: Scope, lookUp: LookUp) => Stage> = {
  $match: (operand, scope) => {
    const filter = compileFilter(matchOf(operand), scope)
    return mapped((doc) => (filter.test(doc) ? doc : undefined))
  },
  $sort: (operand) => {
    const sort = parseSort(operand)
    return { run: (input) => sorted(input, (doc) => sortKey(doc, sort), (doc) => calculateObjectSize(doc), 0) }
  },
  $skip: (operand) => {
    const skip = wholeNumber('$skip', operand, 0, 5107200)
    return { run: (input) => slice(input, skip, 0) }
  },
  $limit: (operand) => {
    const limit = wholeNumber('$limit', operand, 1, 15958)
    return { run: (input) => slice(input, 0, limit) }
  },
  $project: (operand, scope) => {
    if (!isDoc(operand) || Object.keys(operand).length === 0) return fail(51272, 'Invalid $project: it must have at least one field')
    const { apply, roots } = compileProjection(operand, scope)
    return { ...mapped(apply), roots }
  },
  $addFields: (operand, scope) => {
    if (!isDoc(operand)) return fail(40272, `$addFields specification stage must be an object, got ${typeName(operand)}`)
    const set = compileSet(operand, scope)
    return mapped((doc) => set(doc, envOf(doc)))
  },
  $unset: (operand) => {
    const paths = Array.isArray(operand) ? operand : [operand]
    if (paths.length === 0 || !paths.every((path) => typeof path === 'string')) fail(31002, '$unset must be a string or an array of strings')
    return mapped(compileUnset(paths))
  },
  $group: group,
  $count: (name) => {
    if (typeof name !== 'string' || name === '' || /^\$|\./.test(name)) return fail(40156, 'the count field must be a plain non-empty name')
    return { run: (input) => counted(input, name), roots: new Set() }
  },
  $unwind: unwind,
  $replaceRoot: (operand, scope) => replaceRoot(isDoc(operand) ? operand.newRoot : undefined, scope),
  $replaceWith: replaceRoot,
  $lookup: (operand, _, lookUp) => lookup(operand, lookUp),
}
stages.$set = stages.$addFields!

/** The operand of `$match`. */
export function matchOf(operand: unknown): Doc {
  return isDoc(operand) ? operand : fail(15959, 'the match filter must be an expression in an object')
}

/** Compiles one stage of a pipeline. */
export function compileStage(source: unknown, now: Date, lookUp: LookUp): Stage {
  const [name, another] = isDoc(source) ? Object.keys(source) : []
  if (!isDoc(source) || name === undefined || another) return fail(40323, 'A pipeline stage specification object must contain exactly one field.')
  if (name === '$changeStream') fail(40573, 'The $changeStream stage is only supported on replica sets')
  if (!Object.hasOwn(stages, name)) fail(40324, `Unrecognized pipeline stage name: '${name}'`)
  return stages[name]!(source[name], newScope(now), lookUp)
}

const updateStages = ['$set', '$addFields', '$unset', '$replaceWith', '$replaceRoot']

/** Compiles the pipeline of an update to a function of the one document. */
export function compileUpdatePipeline(pipeline: readonly unknown[], now: Date): (doc: Doc) => Doc {
  const compiled = pipeline.map((source) => compileStage(source, now, () => notSupported('$lookup')))
  for (const source of pipeline as Doc[]) {
    const [name] = Object.keys(source) as [string]
    if (!updateStages.includes(name)) fail(72, `${name} is not allowed to be used within an update`)
  }
  const once = function* (doc: Doc): Flow<Doc> { yield doc }
  return (doc) => compiled.reduce((current, stage) => stage.run(once(current)).next().value as Doc, doc)
}
