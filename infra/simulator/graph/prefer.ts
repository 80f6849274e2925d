// What a request prefers.
import { isZone } from '../world/calendar/zones.ts'

export interface Prefer {
  pageSize: number | null; immutableIds: boolean; textBodies: boolean; timeZone: string | null
  unknown: string[]; applied: string[]
}

/** Reads a Prefer header; several preferences stand in one header, separated by commas. */
export function parsePrefer(header = ''): Prefer {
  const prefer: Prefer = { pageSize: null, immutableIds: false, textBodies: false, timeZone: null, unknown: [], applied: [] }
  for (const part of header.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).map((p) => p.trim()).filter((p) => p !== '')) {
    const [, word = '', value = ''] = /^([^=]*)="?(.*?)"?$/.exec(part) ?? []
    const name = word.toLowerCase()
    if (name === 'odata.maxpagesize' && /^[1-9]\d*$/.test(value)) prefer.pageSize = Number(value)
    else if (name === 'idtype' && value === 'ImmutableId') prefer.immutableIds = true
    else if (name === 'outlook.body-content-type' && /^(text|html)$/.test(value)) prefer.textBodies = value === 'text'
    else if (name === 'outlook.timezone' && isZone(value)) prefer.timeZone = value
    else {
      prefer.unknown.push(part)
      continue
    }
    prefer.applied.push(part)
  }
  return prefer
}
