// Friendly names of licences: from Microsoft's list, else from a part number that spells its name out.
import { products } from './products.ts'

const bySku = new Map(products.map(({ skuId, name }) => [skuId, name]))
const byPart = new Map(products.map(({ partNumber, name }) => [partKey(partNumber), name]))

/** Microsoft spells one part number in several ways: case and blanks do not tell them apart. */
function partKey(partNumber: string): string {
  return partNumber.toLowerCase().replace(/[\s_]+/g, '_')
}

/**
 * @param partNumber null where it is not known: the licence is assigned, but no longer bought
 * @returns the part number itself when neither has a name: a wrong name would be worse. Never the id, which says nothing to anybody
 */
export function licenceName(skuId: string, partNumber: string | null): string {
  const known = bySku.get(skuId.toLowerCase()) ?? (partNumber === null ? undefined : byPart.get(partKey(partNumber)))
  if (known !== undefined) return known
  return partNumber === null || partNumber.trim() === '' ? 'Unknown product' : spelledOut(partNumber)
}

/** "Microsoft_Teams_Rooms_Pro" is a name with underscores; "SPE_E3" is an abbreviation, and stays one. */
function spelledOut(partNumber: string): string {
  return /[a-z]{3}/.test(partNumber) ? partNumber.replace(/[\s_]+/g, ' ').trim() : partNumber
}
