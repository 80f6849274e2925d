// Microsoft's description of Graph: which operation a request is, and the schemas of its answers.
import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

type Json = Record<string, unknown>
interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: { items?: { enum?: string[] } }
}
interface Spec {
  paths: Record<string, Record<string, {
    parameters?: ({ $ref: string } | Parameter)[]
    responses: Record<string, { content?: { 'application/json'?: { schema: { $ref?: string } } } }>
    'x-app-permissions'?: { any?: string[]; notes?: string[] }
  }>>
  components: { schemas: Record<string, Json>; parameters: Record<string, Parameter> }
}

export interface Operation {
  method: string
  /** e.g. `/users/{user-id}/mailFolders/{mailFolder-id}/messages/delta()` */
  template: string
  /** Fits its paths: brackets behind `delta` and the case of names do not matter, as with Graph. */
  pattern: RegExp
  parameters: Parameter[]
  /** Any of these opens it, where all of them are there. */
  permissions: string[][]
  /** Schema by status of success. */
  answers: Record<string, string | undefined>
}

const SCHEMAS = '#/components/schemas/'
// Whether built or not, the simulator runs in the repository's root.
const spec = JSON.parse(readFileSync('infra/simulator/graph/graph-openapi.json', 'utf8')) as Spec

const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replace(/[$()]/g, '\\$&').replace(/\{[^}]*\}/g, '([^/]+)').replaceAll('\\(\\)', '(?:\\(\\))?')}/?$`, 'i')

const parameterOf = (given: { $ref: string } | Parameter): Parameter =>
  ('$ref' in given ? (spec.components.parameters[given.$ref.split('/').at(-1) as string] as Parameter) : given)

// Some open a path only beside another one, which a note says.
const permissionsOf = ({ any = [], notes = [] }: { any?: string[]; notes?: string[] } = {}): string[][] => any.map((name) => (
  [name, ...notes.flatMap((note) => (note.startsWith(`${name} also requires `) ? [note.split(' ').at(-1) as string] : []))]))

const parametersIn = (template: string): number => template.split('{').length

// The fewest parameters first: `/users/delta` is not the user "delta".
const templates = Object.entries(spec.paths).sort(([a], [b]) => parametersIn(a) - parametersIn(b))
const operations = templates.flatMap(([template, methods]) =>
  Object.entries(methods).filter(([key]) => key !== 'parameters').map(([method, described]): Operation => ({
    method: method.toUpperCase(),
    template,
    pattern: patternOf(template),
    parameters: (described.parameters ?? []).map(parameterOf),
    permissions: permissionsOf(described['x-app-permissions']),
    answers: Object.fromEntries(Object.entries(described.responses).map(([status, { content }]) =>
      [status, content?.['application/json']?.schema.$ref?.slice(SCHEMAS.length)])),
  })))

export interface Match {
  operation: Operation
  params: [string, string]
}

/** The operation that a path (without `/v1.0`) stands for, with its decoded parameters; null when it is not described. */
export function describe(method: string, path: string): Match | null {
  // Graph's own links have keys in brackets: mailfolders('id').
  const plain = path.replaceAll('%27', "'").replace(/(\w+)\('([^/]*)'\)/g, '$1/$2')
  for (const operation of operations) {
    const found = operation.method === method && operation.pattern.exec(plain)
    if (found) return { operation, params: found.slice(1).map(decodeURIComponent) as Match['params'] }
  }
  return null
}

// Closed objects, as Microsoft's metadata declares no others: an unknown property is a mistake. These stay open.
const BAGS = ['resourceData', 'openComplexDictionaryType', 'customSecurityAttributeValue', 'InnerError']

function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close)
  if (!schema || typeof schema !== 'object') return schema
  const source = schema as Json
  const each = (object: Json): Json => Object.fromEntries(Object.entries(object).map(([name, inner]) => [name, close(inner)]))
  const out = each(Object.fromEntries(Object.entries(source).filter(([key]) => key !== 'discriminator' && !key.startsWith('x-'))))
  // Names of properties may be those of keywords.
  if (source.properties) out.properties = each(source.properties as Json)
  const bag = BAGS.includes(source.title as string) || (source['x-open-type'] === true && source.title === undefined)
  if (out.type === 'object' && out.properties && !bag && out.additionalProperties === undefined)
    Object.assign(out, { additionalProperties: false, patternProperties: { '@odata\\.': {}, '^@microsoft\\.graph\\.': {} } })
  const values = out.enum as unknown[] | undefined
  return out.nullable === true && values?.length === 1 && values[0] === null ? { type: 'null' } : out
}

const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true })
addFormats(ajv)
for (const free of ['int16', 'base64url', 'time']) ajv.addFormat(free, true)
ajv.addSchema({ $id: 'graph', components: { schemas: close(spec.components.schemas) } })
const validators = new Map<string, ValidateFunction>()

/** What is wrong with a value by the schema of that name, in Ajv's words; empty when it fits. Schemas are compiled at first use. */
export function problemsOf(name: string, value: unknown): string[] {
  const schema = spec.components.schemas[name]
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
  const discriminator = spec.components.schemas[ref]?.discriminator as { mapping?: Record<string, string> } | undefined
  return discriminator?.mapping?.[item['@odata.type'] as string]?.slice(SCHEMAS.length) ?? ref.slice(0, -'.any'.length)
}

function check(name: string, value: unknown): string[] {
  const validate = validators.get(name) ?? ajv.compile({ $ref: `graph${SCHEMAS}${name}` })
  validators.set(name, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).slice(0, 5).map((e) => `${e.instancePath || '/'} ${e.message ?? ''} ${JSON.stringify(e.params)}`)
}
