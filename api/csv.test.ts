// Whatever a cell holds, it stays in its cell and is no formula: in a spreadsheet that splits at commas, semicolons, tabs or bars.
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toCsv } from './csv.ts'

const read = (text: string): string[][] => parse(text, { bom: true })

it.each([
  ['Contoso\n=1+1', 'Contoso =1+1'],
  ['Contoso\r\n=1+1', 'Contoso =1+1'],
  ['Contoso\u2028=1+1', 'Contoso =1+1'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(1)', "'@SUM(1)"],
  ['  =1+1', "'  =1+1"],
  ['\u00a0\u3000=1+1', "'\u00a0\u3000=1+1"],
  ['\t=1+1', "' =1+1"],
  ['\r=1+1', "' =1+1"],
  ['\u200b=1+1', "'=1+1"],
  ['\u0000=1+1', "'=1+1"],
  ['＝1+1', "'＝1+1"],
  ['﹣1', "'﹣1"],
  ['"=1+1"', `'"=1+1"`],
  ['Contoso;=1+1', "Contoso;'=1+1"],
  ['Contoso;" =1+1', `Contoso;" '=1+1`],
  ['Contoso|@x', "Contoso|'@x"],
  ['Growth, -10%, @kim, +1', 'Growth, -10%, @kim, +1'],
  ['Contoso," =1+1', 'Contoso," =1+1'],
  [' , =1+1', ' , =1+1'],
  ['a@contoso.com, b=c', 'a@contoso.com, b=c'],
  ['Fabrikam "North", Ltd.', 'Fabrikam "North", Ltd.'],
  ['می‌خواهم 👩‍💻', 'می‌خواهم 👩‍💻'],
  ['', ''],
])('%j is the text %j', (given, shown) => {
  expect(read(toCsv(['One', 'Two'], [[given, given]]))).toEqual([['One', 'Two'], [shown, shown]])
})

it('every cell stands in quotes, a number stays a number, and Excel reads it as UTF-8', () => {
  expect(toCsv(['Name', 'Open'], [['Kö"ln', -2], ['', 0]])).toBe('\uFEFF"Name","Open"\r\n"Kö""ln","-2"\r\n"","0"\r\n')
})

const nasty = fc.string({
  unit: fc.oneof(fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '"', "'", ',', ';', '|', '\t', '\r', '\n', '\u2028', '\u0085', '\u200b', '\ufeff', '\u202e', '\0', ' ', '\u3000', 'a', '1'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
  maxLength: 12,
})

it('read back it has as many rows and cells as were written, and what was no formula and no break is the same', () => {
  fc.assert(fc.property(fc.array(fc.array(nasty, { minLength: 3, maxLength: 3 }), { maxLength: 5 }), (rows) => {
    const header = ['One', 'Two', 'Three']
    const back = read(toCsv(header, rows))
    expect(back).toHaveLength(rows.length + 1)
    const bare = (text: string) => text.replaceAll(/['\s\p{C}\p{DI}]/gu, '')
    expect(back.slice(1).map((cells) => cells.map(bare))).toEqual(rows.map((cells) => cells.map(bare)))
  }))
})

it('no cell begins a formula, and no piece between the separators of other countries', () => {
  fc.assert(fc.property(fc.array(nasty, { minLength: 1, maxLength: 4 }), (cells) => {
    const text = toCsv(cells, [cells])
    const pieces = [...read(text).flat(), ...text.split(/[;\t|\r\n\u0085\u2028\u2029]/)]
    for (const piece of pieces) expect(piece).not.toMatch(/^[\s"\ufeff]*[=+\-@＝＋－＠]/)
  }))
})
