// Updates of one document: modifiers, replacement, pipelines, and the document that an upsert begins with.
import { Double, ObjectId } from 'bson'
import { fail, notSupported, refuseOptions } from './errors.ts'
import type { Scope } from './expressions.ts'
import { compareValues, identity } from './keys.ts'
import { elementTest, type Filter } from './matcher.ts'
import { compileUpdatePipeline } from './stages.ts'
import { arithmetic, type Doc, field, isDoc, isNumber, numberOr, setField, show, typeName } from './values.ts'

/** Makes the new document of the old one. */
export type Update = (doc: Doc, inserting: boolean) => Doc
/** Makes the new value at a path of the old one; undefined takes it away. */
type Change = (old: unknown, path: string, doc: Doc) => unknown

function increment(by: unknown, path: string): Change {
  if (!isNumber(by)) return fail(14, `Cannot increment with non-numeric argument: {${path}: ${show(by)}}`)
  return (old, _, { _id }) => {
    if (old === undefined) return by
    if (!isNumber(old)) return fail(14, `Cannot apply $inc to a value of non-numeric type. {_id: ${show(_id)}} has the field '${path}' of non-numeric type ${typeName(old)}`)
    const sum = arithmetic('+', old, by)
    if (sum instanceof Double && !(old instanceof Double || by instanceof Double))
      fail(2, `Failed to apply $inc operations to current value (${show(old)}) for document {_id: ${show(_id)}}`)
    return sum
  }
}

const extremeOf = (sign: 1 | -1) => (operand: unknown): Change => (old) =>
  old === undefined || compareValues(operand, old) * sign > 0 ? operand : old

/** The elements that `$push` or `$addToSet` add, and what else the modifier says. */
function eachOf(operand: unknown): { values: unknown[]; clauses: Doc } {
  if (!isDoc(operand) || !('$each' in operand)) return { values: [operand], clauses: {} }
  const { $each: values, ...clauses } = operand
  return Array.isArray(values) ? { values, clauses } : fail(2, `The argument to $each must be an array but it was of type: ${typeName(values)}`)
}

const arrayAt = (operator: string, old: unknown, path: string): unknown[] => {
  if (old === undefined || Array.isArray(old)) return (old as unknown[] | undefined) ?? []
  return fail(2, `The field '${path}' must be an array for ${operator} but is of type ${typeName(old)}`)
}

function push(operand: unknown): Change {
  const { values, clauses: { $slice, ...others } } = eachOf(operand)
  refuseOptions('$push', others, ['$sort', '$position'], 2)
  if ($slice !== undefined && !isNumber($slice)) fail(2, 'The value for $slice must be an integer value')
  const slice = numberOr($slice, Infinity)
  return (old, path) => {
    const all = [...arrayAt('$push', old, path), ...values]
    return slice < 0 ? all.slice(slice) : all.slice(0, slice)
  }
}

function addToSet(operand: unknown): Change {
  const { values, clauses } = eachOf(operand)
  refuseOptions('$addToSet', clauses, [], 2)
  return (old, path) => {
    const present = arrayAt('$addToSet', old, path)
    const known = new Set(present.map((each) => identity(each ?? null)))
    return [...present, ...values.filter((each) => !known.has(identity(each)) && known.add(identity(each)))]
  }
}

function pull(operand: unknown, scope: Scope): Change {
  const unwanted = isDoc(operand) ? elementTest(operand, scope) : (value: unknown) => compareValues(value ?? null, operand) === 0
  return (old, path) => (old === undefined ? undefined : arrayAt('$pull', old, path).filter((each) => !unwanted(each)))
}

const assign = (operand: unknown): Change => () => operand
const modifiers: Record<string, (operand: unknown, path: string, scope: Scope) => Change> = {
  $set: assign, $setOnInsert: assign, $unset: () => () => undefined, $inc: increment, $min: extremeOf(-1), $max: extremeOf(1),
  $push: push, $addToSet: addToSet, $pull: (operand, _, scope) => pull(operand, scope),
}

/** Changes the value at a path; the containers on the way are copied. */
function changeAt(container: unknown, parts: readonly string[], i: number, apply: (old: unknown) => unknown): unknown {
  const name = parts[i]!
  const next = (old: unknown) => (i === parts.length - 1 ? apply(old) : changeAt(old === undefined ? {} : old, parts, i + 1, apply))
  if (isDoc(container)) {
    const copy = { ...container }
    setField(copy, name, next(field(container, name)))
    return copy
  }
  if (!Array.isArray(container) || !/^\d+$/.test(name)) return fail(28, `Cannot create field '${name}' in element {${parts[i - 1]}: ${show(container)}}`)
  const copy = Array.from({ length: Math.max(container.length, Number(name) + 1) }, (_, k) => (container[k] as unknown) ?? null)
  copy[Number(name)] = next(container[Number(name)]) ?? null
  return copy
}

/** Whether there is anything at the path: `$unset` and `$pull` create nothing on their way. */
function exists(value: unknown, parts: readonly string[]): boolean {
  return parts.every((part) => {
    value = Array.isArray(value) ? value[Number(part)] : isDoc(value) ? field(value, part) : undefined
    return value !== undefined
  })
}

function checkPath(path: string, taken: readonly string[]): void {
  const positional = path.split('.').find((part) => part === '$' || part.startsWith('$['))
  if (positional) notSupported(`the positional operator '${positional}'`)
  if (path.split('.').includes('')) fail(56, `The update path '${path}' contains an empty field name, which is not allowed.`)
  const clash = taken.find((each) => each === path || each.startsWith(`${path}.`) || path.startsWith(`${each}.`))
  if (clash !== undefined) fail(40, `Updating the path '${path}' would create a conflict at '${clash.length < path.length ? clash : path}'`)
}

function compileModifiers(spec: Doc, scope: Scope): Update {
  const steps: { path: string; operator: string; change: Change }[] = []
  for (const [operator, fields] of Object.entries(spec)) {
    const modifier = Object.hasOwn(modifiers, operator) ? modifiers[operator]!
      : fail(9, `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`)
    if (!isDoc(fields)) return fail(9, `Modifiers operate on fields but we found type ${typeName(fields)} instead: {${operator}: ${show(fields)}}`)
    for (const [path, operand] of Object.entries(fields)) {
      checkPath(path, steps.map((step) => step.path))
      steps.push({ path, operator, change: modifier(operand, path, scope) })
    }
  }
  // New fields appear in the order of their names, whatever order the update gives.
  const rank = ({ path }: { path: string }) => path.split('.').map((part) => (/^\d+$/.test(part) ? part.padStart(12, '0') : part)).join('\0')
  steps.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
  return (doc, inserting) => {
    let out = doc
    for (const { path, operator, change } of steps) {
      const parts = path.split('.')
      if (operator === '$setOnInsert' && !inserting) continue
      if ((operator === '$unset' || operator === '$pull') && !exists(out, parts)) continue
      out = changeAt(out, parts, 0, (old) => change(old, path, doc)) as Doc
      if (!inserting && parts[0] === '_id' && compareValues(out._id, doc._id) !== 0)
        fail(66, `Performing an update on the path '${path}' would modify the immutable field '_id'`)
    }
    return out
  }
}

/** Compiles an update: modifiers, a replacement document, or a pipeline. */
export function compileUpdate(spec: unknown, scope: Scope): Update {
  if (Array.isArray(spec)) {
    const run = compileUpdatePipeline(spec, scope.now)
    return (doc) => keepId(doc, run(doc))
  }
  if (!isDoc(spec)) return fail(9, 'Update argument must be either an object or an array')
  if (!isReplacement(spec)) return compileModifiers(spec, scope)
  const dollar = Object.keys(spec).find((name) => name.startsWith('$'))
  if (dollar) fail(52, `The dollar ($) prefixed field '${dollar}' is not allowed in the context of an update's replacement document.`)
  return (doc) => keepId(doc, spec)
}

/** Whether an update is a whole new document. */
export function isReplacement(spec: unknown): boolean {
  return isDoc(spec) && !Object.keys(spec)[0]?.startsWith('$')
}

function keepId(before: Doc, after: Doc): Doc {
  if (!('_id' in before)) return after
  if ('_id' in after && compareValues(after._id, before._id) !== 0)
    fail(66, `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(after._id)}`)
  return { _id: before._id, ...after }
}

/** The document that an upsert inserts: the filter's equalities, then the update. */
export function upsertDocument(filter: Filter, update: Update, replacement: boolean): Doc {
  let doc: Doc = {}
  for (const [path, value] of filter.equalities) {
    if (replacement && path !== '_id') continue
    if (exists(doc, path.split('.'))) fail(54, `cannot infer query fields to set, path '${path}' is matched twice`)
    doc = changeAt(doc, path.split('.'), 0, () => value) as Doc
  }
  const { _id = new ObjectId(), ...rest } = update(doc, true)
  return { _id, ...rest }
}
