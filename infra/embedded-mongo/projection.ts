// Shapes of documents: inclusion, exclusion and computed fields, for find, $project, $set and $unset.
import { fail } from './errors.ts'
import { compileExpression, type Env, type Expression, type Scope } from './expressions.ts'
import { type Doc, field, isDoc, isNumber, setField, truthy } from './values.ts'

/** A specification by field: a leaf, or the fields inside. */
type Tree<L> = Map<string, L | Tree<L>>

/** Puts leaves under their dotted paths. */
function plant<L>(leaves: readonly (readonly [path: string, leaf: L])[]): Tree<L> {
  const root: Tree<L> = new Map()
  for (const [path, leaf] of leaves) {
    const parts = path.split('.')
    if (parts.includes('')) fail(40353, `FieldPath '${path}' must not begin, end or have empty parts`)
    let tree = root
    for (const part of parts.slice(0, -1)) {
      const inner: L | Tree<L> = tree.get(part) ?? new Map<string, L | Tree<L>>()
      tree.set(part, inner)
      tree = inner instanceof Map ? inner : fail(31249, `Path collision at ${path}`)
    }
    if (tree.has(parts.at(-1)!)) fail(31249, `Path collision at ${path}`)
    tree.set(parts.at(-1)!, leaf)
  }
  return root
}

/** Every leaf of a nested specification with its path; what begins with `$` is an expression. */
function leavesOf(spec: Doc, prefix = ''): [path: string, value: unknown][] {
  return Object.entries(spec).flatMap(([name, value]): [string, unknown][] => {
    const nested = isDoc(value) && Object.keys(value).length > 0 && !Object.keys(value)[0]!.startsWith('$')
    return nested ? leavesOf(value, `${prefix}${name}.`) : [[prefix + name, value]]
  })
}

/** `$set`: computes fields and puts them into a copy of the document. */
export function compileSet(spec: Doc, scope: Scope): (doc: Doc, env: Env) => Doc {
  const tree = plant(leavesOf(spec).map(([path, value]) => [path, compileExpression(value, scope)] as const))
  return (doc, env) => setTree(doc, tree, env) as Doc
}

function setTree(value: unknown, tree: Tree<Expression>, env: Env): unknown {
  if (Array.isArray(value)) return value.map((each) => setTree(each, tree, env))
  const out: Doc = isDoc(value) ? { ...value } : {}
  for (const [name, each] of tree) setField(out, name, each instanceof Map ? setTree(field(out, name), each, env) : each(env))
  return out
}

/** Keeps (`true`) or takes away (`false`) what the tree names. */
function trim(value: unknown, tree: Tree<true>, keep: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => trim(each, tree, keep)).filter((each) => each !== undefined)
  if (!isDoc(value)) return keep ? undefined : value
  const out: Doc = {}
  for (const [name, inner] of Object.entries(value)) {
    const leaf = tree.get(name)
    if (leaf instanceof Map) setField(out, name, trim(inner, leaf, keep))
    else if ((leaf === true) === keep) setField(out, name, inner)
  }
  return out
}

/** Leaves out some paths. */
export function compileUnset(paths: readonly string[]): (doc: Doc) => Doc {
  const tree = plant(paths.map((path) => [path, true] as const))
  return (doc) => trim(doc, tree, false) as Doc
}

export interface Projection {
  apply: (doc: Doc) => Doc
  /** Only whole top-level fields are kept: they can be cut out of the bytes. */
  plain: boolean
  /** Top-level fields that it needs; undefined when it needs them all. */
  roots: Set<string> | undefined
}

/** Compiles a projection. Fields come in the document's order, computed ones after them. */
export function compileProjection(spec: Doc, scope: Scope): Projection {
  const leaves = leavesOf(spec)
  const computed = leaves.filter(([, value]) => !isNumber(value) && typeof value !== 'boolean')
  const flags = leaves.filter(([path, value]) => path !== '_id' && (isNumber(value) || typeof value === 'boolean'))
  const id = leaves.find(([path]) => path === '_id')?.[1]
  const including = flags.length > 0 ? truthy(flags[0]![1]) : computed.length > 0 || (id !== undefined && truthy(id))
  const [one, other] = including ? ['inclusion', 'exclusion'] : ['exclusion', 'inclusion']
  for (const [path] of [...flags.filter(([, flag]) => truthy(flag) !== including), ...(including ? [] : computed)])
    fail(including ? 31254 : 31253, `Cannot do ${other} on field ${path} in ${one} projection`)
  const withId = id === undefined || truthy(id)
  const paths = [...(withId === including ? ['_id'] : []), ...flags.map(([path]) => path)]
  if (!including) return { apply: compileUnset(paths), plain: false, roots: undefined }
  const tree = plant(paths.map((path) => [path, true] as const))
  const roots = new Set(tree.keys())
  const set = computed.length > 0 ? compileSet(Object.fromEntries(computed), { ...scope, roots }) : undefined
  return {
    apply: (doc) => (set ? set(trim(doc, tree, true) as Doc, { root: doc, vars: {} }) : (trim(doc, tree, true) as Doc)),
    plain: !set && paths.every((path) => !path.includes('.')), roots,
  }
}
