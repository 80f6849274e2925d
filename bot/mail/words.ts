// Questions about mail: the last one, a list, who wrote last.
import type { Reading } from '../understand/intent.ts'
import { fillers, list, withoutFillers } from '../understand/lexicon.ts'
import type { Range } from '../understand/range.ts'
import type { Word } from '../understand/words.ts'
import type { EmailsForm, LastEmailForm, Side, WhoEmailedForm } from './forms.ts'

const singular = list('email mail message')
const plural = list('emails mails messages')
const recency = list('last latest newest recent lastest')
const beforeMail = list('last latest newest recent most very new received incoming inbound outgoing sent')
const about = list('about regarding re concerning mentioning containing')
const beforeName = list('with from to at by')
const wrote = list('emailed mailed messaged wrote written writes contacted')
const recently = list('last latest recently recent lately')
const most = list('most')
const articles = list('the a an our')
/** More words than these are no subject that anybody remembers. */
const mostWords = 8

/** Who wrote, by the preposition nearest to the name. */
function sideOf(rest: readonly Word[]): Side {
  const named = rest.findIndex(({ key }) => !fillers.has(key))
  if (rest.some(({ possessive }, index) => possessive && index >= named)) return 'in'
  for (const { key } of rest.slice(0, named === -1 ? rest.length : named).toReversed()) {
    if (key === 'from' || key === 'by') return 'in'
    if (key === 'to') return 'out'
  }
  return 'any'
}

interface Noun {
  readonly rest: readonly Word[]
  /** Where in `rest` the command stood. */
  readonly at: number
  /** One mail is asked for, not a list. */
  readonly one: boolean
}

/** Takes the word for mail out of a question, with what belongs to it: "the most recent e-mail", "mail … latest". */
function nounsAt(words: readonly Word[], at: number): Noun[] {
  const key = words[at]?.key ?? ''
  const many = plural.has(key)
  if (!singular.has(key) && !many) return []
  let from = words[at - 1]?.key === 'e' && (key === 'mail' || key === 'mails') ? at - 1 : at
  const counted = many && /^\d{1,3}$/.test(words[from - 1]?.key ?? '') && recency.has(words[from - 2]?.key ?? '')
  if (counted) from -= 1
  while (from > 0 && beforeMail.has(words[from - 1]?.key ?? '')) from -= 1
  let to = at + 1
  if (!words.slice(from, at).some((word) => recency.has(word.key)) && recency.has(words[to]?.key ?? '')) to += 1
  const rest = words.toSpliced(from, to - from)
  if (words.slice(from, to).some((word) => recency.has(word.key))) return [{ rest, at: from, one: !counted }]
  const elsewhere = rest.findIndex((word) => recency.has(word.key))
  const whole = { rest, at: from, one: !many }
  // "mail from Contoso, latest", unless the word belongs to the name.
  return elsewhere === -1 ? [whole] : [{ rest: rest.toSpliced(elsewhere, 1), at: elsewhere < from ? from - 1 : from, one: true }, whole]
}

/** "about the printer with Contoso", "from Contoso about the printer": every way to part subject and name. */
function aboutReadings({ rest, at: start }: Noun, range: Range | null): Reading<EmailsForm>[] {
  const at = rest.findIndex(({ key }, index) => index >= start && about.has(key))
  if (at === -1) return []
  const before = rest.slice(0, at)
  const tail = rest.slice(at + 1)
  const reading = (subject: readonly Word[], name: readonly Word[]): Reading<EmailsForm>[] => {
    const first = subject.findIndex(({ key }) => !articles.has(key))
    const words = first === -1 ? [] : subject.slice(first, first + mostWords).map(({ raw }) => raw)
    return words.length === 0 ? [] : [{ form: { kind: 'emails', side: sideOf(name), words, range }, rest: withoutFillers(name) }]
  }
  const splits = tail.flatMap(({ key }, index) => (beforeName.has(key) && index > 0 ? [index] : [])).reverse()
  const named = splits.slice(0, 3).flatMap((index) => reading(tail.slice(0, index), [...before, ...tail.slice(index)]))
  // "emails about Contoso": the subject can only be the customer when it surely is one.
  const self: Reading<EmailsForm> = { form: { kind: 'emails', side: 'any', words: [], range }, rest: withoutFillers([...before, ...tail]), surely: true }
  return [...named, ...reading(tail, before), ...(beforeName.has(tail[0]?.key ?? '') ? [] : [self])]
}

function formOf({ rest, one }: Noun, range: Range | null): LastEmailForm | EmailsForm {
  const side = sideOf(rest)
  return one && range === null ? { kind: 'lastEmail', side } : { kind: 'emails', side, words: [], range }
}

/** @param range a time that was taken out of the words already */
export function mailAt(words: readonly Word[], at: number, range: Range | null): Reading<LastEmailForm | EmailsForm>[] {
  return nounsAt(words, at).flatMap((noun) => [...aboutReadings(noun, range), { form: formOf(noun, range), rest: withoutFillers(noun.rest) }])
}

/** "who emailed Contoso last", "who at Contoso wrote last". */
export function whoEmailedAt(words: readonly Word[], at: number): Reading<WhoEmailedForm>[] {
  if (words[at]?.key !== 'who' || !words.some(({ key }) => wrote.has(key))) return []
  const others = words.filter(({ key }, index) => index !== at && !wrote.has(key))
  const times = others.flatMap(({ key }, index) => (recently.has(key) ? [index] : []))
  // One of them belongs to the question, any other may belong to the name.
  const choices = [...times.toReversed().slice(0, 2).map((index) => others.toSpliced(index, 1)), others]
  return choices.map((spoken): Reading<WhoEmailedForm> => {
    const rest = spoken.filter(({ key }, index) => key !== 'us' && !(beforeName.has(key) && spoken[index + 1]?.key === 'us'))
    const named = rest.findIndex(({ key }) => !fillers.has(key))
    const preposition = rest.slice(0, named === -1 ? rest.length : named).findLast(({ key }) => beforeName.has(key) || key === 'of')?.key
    const side = preposition === undefined || preposition === 'to' || preposition === 'with' ? 'out' : 'in'
    const reading: Reading<WhoEmailedForm> = { form: { kind: 'whoEmailed', side }, rest: withoutFillers(rest, most) }
    return spoken === others && times.length > 0 ? { ...reading, surely: true } : reading
  })
}
