// Microsoft's description of Graph: which operation a request is, and the schemas of its answers.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'

interface Parameter { name: string; in: string; required?: boolean; schema: { type?: string; enum?: string[]; items?: { enum?: string[] } } }
type Json = Record<string, unknown>
interface Spec {
  paths: Record<string, Record<string, { parameters?: ({ $ref: string } | Parameter)[]; responses: Record<string, Json>; 'x-app-permissions'?: { any?: string[] } }>>
  components: { schemas: Record<string, Json>; parameters: Record<string, Parameter> }
}

export interface Operation {
  method: string
  /** e.g. `/users/{user-id}/mailFolders/{mailFolder-id}/messages/delta()` */
  template: string
  segments: string[]
  parameters: Parameter[]
  permissions: string[]
  /** Schema by status; undefined means that no body is described. */
  answers: Record<string, string | undefined>
}

const SCHEMAS = '#/components/schemas/'
// The built simulator is one file somewhere else and runs in the repository's root.
const FILE = [join(import.meta.dirname, 'graph-openapi.json'), join('infra', 'simulator', 'graph', 'graph-openapi.json')]

let spec: Spec | undefined
let operations: Operation[] | undefined

function read(): Spec {
  return (spec ??= JSON.parse(readFileSync(FILE.find((f) => existsSync(f)) ?? (FILE[1] as string), 'utf8')) as Spec)
}

function all(): Operation[] {
  return (operations ??= Object.entries(read().paths).flatMap(([template, item]) =>
    Object.entries(item).filter(([method]) => /^(get|post|patch|put|delete)$/.test(method)).map(([method, o]) => ({
      method: method.toUpperCase(), template, segments: template.slice(1).split('/'),
      parameters: (o.parameters ?? []).map((p) => ('$ref' in p ? (read().components.parameters[p.$ref.split('/').at(-1) as string] as Parameter) : p)),
      permissions: o['x-app-permissions']?.any ?? [],
      answers: Object.fromEntries(Object.entries(o.responses).map(([status, r]) => {
        const content = r.content as { 'application/json'?: { schema: { $ref?: string } } } | undefined
        return [status, content?.['application/json']?.schema.$ref?.slice(SCHEMAS.length) ?? ('$ref' in r ? 'microsoft.graph.ODataErrors.ODataError' : undefined)]
      })),
    }))))
}

/**
 * The operation that a path (without `/v1.0`) stands for, with its decoded parameters; null when it is not described.
 * Keys in brackets (`mailfolders('id')`), `delta` without brackets and any case of names are accepted, as Graph does.
 */
export function describe(method: string, path: string): { operation: Operation; params: string[] } | null {
  const parts = path.replace(/\/$/, '').slice(1).split('/').flatMap((raw) => {
    const part = decodeURIComponent(raw)
    const key = /^(\w+)\('(.*)'\)$/.exec(part)
    return key ? [key[1] as string, (key[2] as string).replaceAll("''", "'")] : [part]
  })
  let best: { operation: Operation; params: string[]; literal: number } | null = null
  for (const operation of all()) {
    if (operation.method !== method || operation.segments.length !== parts.length) continue
    const params: string[] = []
    let literal = 0
    const fits = operation.segments.every((segment, i) => {
      const part = parts[i] as string
      if (segment.startsWith('{')) return params.push(part) > 0
      const named = /^(\w+\(\w+=')\{[^}]*\}('\))$/.exec(segment)
      if (named) {
        const [head, tail] = [(named[1] as string).toLowerCase(), named[2] as string]
        if (!part.toLowerCase().startsWith(head) || !part.endsWith(tail)) return false
        params.push(part.slice(head.length, -tail.length))
      } else if (part.toLowerCase().replace(/\(\)$/, '') !== segment.toLowerCase().replace(/\(\)$/, '')) return false
      literal++
      return true
    })
    if (fits && literal > (best?.literal ?? -1)) best = { operation, params, literal }
  }
  return best
}

// Closed objects, as Microsoft's metadata declares no others: an unknown property is a mistake. These stay open.
const BAGS = ['resourceData', 'openComplexDictionaryType', 'customSecurityAttributeValue', 'InnerError']

function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close)
  if (!schema || typeof schema !== 'object') return schema
  const source = schema as Json
  const out: Json = {}
  for (const [key, value] of Object.entries(source))
    if (key !== 'discriminator' && !key.startsWith('x-'))
      out[key] = key === 'properties' ? Object.fromEntries(Object.entries(value as Json).map(([name, inner]) => [name, close(inner)])) : close(value)
  const bag = BAGS.includes(source.title as string) || (source['x-open-type'] === true && source.title === undefined)
  if (out.type === 'object' && out.properties && !bag && out.additionalProperties === undefined)
    Object.assign(out, { additionalProperties: false, patternProperties: { '@odata\\.': {}, '@delta$': {}, '^@microsoft\\.graph\\.': {}, '^@deprecated\\.': {} } })
  const values = out.enum as unknown[] | undefined
  return out.nullable === true && values?.length === 1 && values[0] === null ? { type: 'null' } : out
}

function makeAjv(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true })
  for (const free of ['int16', 'int32', 'int64', 'double', 'base64url', 'time']) ajv.addFormat(free, true)
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:\d\d)$/)
  ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/)
  ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  ajv.addFormat('duration', /^-?P/)
  ajv.addSchema({ $id: 'graph', components: { schemas: close(read().components.schemas) } })
  return ajv
}

let ajv: Ajv | undefined
const validators = new Map<string, ValidateFunction>()

/** What is wrong with a value by the schema of that name, in Ajv's words; empty when it fits. Schemas are compiled at first use. */
export function problemsOf(name: string, value: unknown): string[] {
  const schema = read().components.schemas[name]
  const page = (schema?.properties as { value?: { items?: Json } } | undefined)?.value?.items
  if (page === undefined || typeof value !== 'object' || value === null || !Array.isArray((value as Json).value)) return check(name, value)
  // A page is checked item by item with the one schema that the item must have: quicker, and it says what is wrong.
  const { value: items, ...rest } = value as { value: unknown[] }
  const problems = check(name, { ...rest, value: [] })
  for (const item of items) {
    problems.push(...check(itemSchema(page, item as Json), item))
    if (problems.length > 5) break
  }
  return problems
}

function itemSchema(items: Json, item: Json): string {
  if ('@removed' in item) return 'x.removedItem'
  const ref = ((items.$ref ?? (items.anyOf as { $ref: string }[] | undefined)?.[0]?.$ref) as string).slice(SCHEMAS.length)
  if (!ref.endsWith('.any')) return ref
  const discriminator = read().components.schemas[ref]?.discriminator as { mapping?: Record<string, string> } | undefined
  return discriminator?.mapping?.[item['@odata.type'] as string]?.slice(SCHEMAS.length) ?? ref.slice(0, -'.any'.length)
}

function check(name: string, value: unknown): string[] {
  let validate = validators.get(name)
  if (!validate) {
    ajv ??= makeAjv()
    validators.set(name, (validate = ajv.compile({ $ref: `graph${SCHEMAS}${name}` })))
  }
  if (validate(value)) return []
  return (validate.errors ?? []).slice(0, 5).map((e) => `${e.instancePath || '/'} ${e.message ?? ''} ${JSON.stringify(e.params)}`)
}
