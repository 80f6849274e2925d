// Updates of one document: modifiers, replacement, pipelines, and the document that an upsert begins with.
import { Double, ObjectId } from 'bson'
import { fail, notSupported } from './errors.ts'
import { compileExpression } from './expressions.ts'
import { compareValues } from './keys.ts'
import type { Filter } from './matcher.ts'
import { stageOf } from './stages.ts'
import { add, type Doc, field, isDoc, isNumber, show, typeOf } from './values.ts'

/** Makes the new document of the old one. */
export type Update = (doc: Doc, inserting: boolean) => Doc
/** Makes the new value of a field of the old one; undefined takes it away. */
type Change = (old: unknown, doc: Doc) => unknown

function increment(by: unknown, name: string): Change {
  if (!isNumber(by)) return fail(14, `Cannot increment with non-numeric argument: {${name}: ${show(by)}}`)
  return (old, { _id: id }) => {
    if (old === undefined) return by
    if (!isNumber(old)) return fail(14, `Cannot apply $inc to the field '${name}' of non-numeric type ${typeOf(old)}. {_id: ${show(id)}}`)
    const sum = add(old, by)
    if (sum instanceof Double && !(old instanceof Double || by instanceof Double))
      fail(2, `Failed to apply $inc operations to current value (${show(old)}) for document {_id: ${show(id)}}`)
    return sum
  }
}

const assign = (operand: unknown): Change => () => operand
const modifiers: Record<string, (operand: unknown, name: string) => Change> = {
  $set: assign, $setOnInsert: assign, $unset: () => assign(undefined), $inc: increment,
}

function checkName(name: string): void {
  if (/^$|^\$|\./.test(name)) notSupported(`an update of the path '${name}'`)
}

function compileModifiers(spec: Doc): Update {
  const steps = new Map<string, { operator: string; change: Change }>()
  for (const [operator, fields] of Object.entries(spec)) {
    const modifier = Object.hasOwn(modifiers, operator) ? modifiers[operator]!
      : fail(9, `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`)
    if (!isDoc(fields)) return fail(9, `Modifiers operate on fields but we found type ${typeOf(fields)} instead: {${operator}: ${show(fields)}}`)
    for (const [name, operand] of Object.entries(fields)) {
      checkName(name)
      if (steps.has(name)) fail(40, `Updating the path '${name}' would create a conflict at '${name}'`)
      steps.set(name, { operator, change: modifier(operand, name) })
    }
  }
  // New fields appear in the order of their names, whatever order the update gives.
  const ordered = [...steps].sort(([a], [b]) => (a < b ? -1 : 1))
  return (doc, inserting) => {
    if (steps.get('_id')?.operator === '$unset' && doc._id !== undefined)
      fail(66, "Performing an update on the path '_id' would modify the immutable field '_id'")
    const wanted = ordered.filter(([, { operator }]) => inserting || operator !== '$setOnInsert')
    return { ...doc, ...Object.fromEntries(wanted.map(([name, { change }]) => [name, change(field(doc, name), doc)])) }
  }
}

/** Compiles one stage of an update pipeline: `$set` of whole fields, or `$replaceWith`. */
function compileStage(source: unknown, now: Date): (doc: Doc) => Doc {
  const [name, operand] = stageOf(source)
  if (name === '$replaceWith') {
    const expression = compileExpression(operand, now)
    return (doc) => {
      const root = expression(doc)
      return isDoc(root) ? root : fail(40228, `'newRoot' expression must evaluate to an object, but resulting value was: ${show(root)}`)
    }
  }
  if (name !== '$set') return fail(40324, `Unrecognized pipeline stage name: '${name}'`)
  if (!isDoc(operand)) return fail(40272, `$set specification stage must be an object, got ${typeOf(operand)}`)
  const fields = Object.entries(operand).map(([path, value]) => {
    checkName(path)
    if (isDoc(value) && !Object.keys(value)[0]?.startsWith('$')) notSupported(`an update of fields inside of '${path}'`)
    return [path, compileExpression(value, now)] as const
  })
  return (doc) => ({ ...doc, ...Object.fromEntries(fields.map(([path, value]) => [path, value(doc)])) })
}

/** Whether an update is a whole new document. */
export const isReplacement = (spec: unknown): boolean => isDoc(spec) && !Object.keys(spec)[0]?.startsWith('$')

function compileAny(spec: unknown, now: Date): Update {
  if (Array.isArray(spec)) {
    const stages = spec.map((source) => compileStage(source, now))
    return (doc) => stages.reduce((current, stage) => stage(current), doc)
  }
  if (!isDoc(spec)) return fail(9, 'Update argument must be either an object or an array')
  return isReplacement(spec) ? () => spec : compileModifiers(spec)
}

/** Compiles an update: modifiers, a replacement document, or a pipeline. None of them can change an `_id`. */
export function compileUpdate(spec: unknown, now: Date): Update {
  const change = compileAny(spec, now)
  return (doc, inserting) => {
    const { _id = doc._id, ...after } = change(doc, inserting)
    if (doc._id !== undefined && compareValues(_id, doc._id) !== 0)
      fail(66, `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(_id)}`)
    return { _id, ...after }
  }
}

/** The document that an upsert inserts: the filter's equalities, also as an `$in` of one, then the update. */
export function upsertDocument({ terms }: Filter, update: Update, replacement: boolean): Doc {
  const doc: Doc = {}
  for (const { path, operator, operand } of terms) {
    const values = operator === '$eq' ? [operand] : operator === '$in' ? (operand as unknown[]) : []
    if (values.length !== 1 || (replacement && !/^_id(\.|$)/.test(path))) continue
    checkName(path)
    if (Object.hasOwn(doc, path)) fail(54, `cannot infer query fields to set, path '${path}' is matched twice`)
    doc[path] = values[0]
  }
  const { _id = new ObjectId(), ...rest } = update(doc, true)
  return { _id, ...rest }
}
