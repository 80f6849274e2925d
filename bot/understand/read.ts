// What surrounds the questions of the subjects: small talk, and how a question goes on from the last one.
import { fillers, keysOf, list } from './lexicon.ts'
import type { Word } from './words.ts'

const greetings = list('hi hello hey hallo hola bonjour moin servus hiya howdy greetings yo salut ciao thanks thank thx cheers ty thankyou bye goodbye cya tschuss danke merci welcome')
const daytimes = list('morning afternoon evening day night')
const company = list('good there bot outpost all everyone everybody team folks again you u so much very many a lot for now later see great perfect ok okay nice mate buddy cool awesome super have well guys')
const helpWords = list('help commands command hilfe aide menu usage manual')
const helpPhrases = ['whatcanyoudo', 'whatdoyoudo', 'howdoesthiswork', 'howdoyouwork', 'whatareyou', 'whoareyou', 'getstarted', 'whatcaniask', 'howdoiuse', 'howcaniuse', 'whatcanidohere', 'whatelsecanyoudo', 'whatelsecaniask', 'whatdoyouknow']

/** Is it small talk? A mention alone, or a waving hand, is a greeting. */
export function readSmallTalk(words: readonly Word[]): 'greeting' | 'help' | null {
  if (words.length === 0) return 'greeting'
  const keys = keysOf(words)
  const polite = keys.every((key) => greetings.has(key) || daytimes.has(key) || company.has(key))
  const said = keys.some((key) => greetings.has(key)) || (keys[0] === 'good' && keys.some((key) => daytimes.has(key))) || (keys.length === 1 && daytimes.has(keys[0]!) && keys[0] !== 'day')
  if (polite && said) return 'greeting'
  return keys.every((key) => helpWords.has(key) || fillers.has(key) || greetings.has(key)) && keys.some((key) => helpWords.has(key)) ? 'help' : null
}

/** Does it ask for help somewhere, when it is no other question? */
export function asksForHelp(words: readonly Word[]): boolean {
  const together = keysOf(words).join('')
  return words.some(({ key }) => helpWords.has(key)) || helpPhrases.some((phrase) => together.includes(phrase))
}

const and = list('and also plus then so ok okay same only just now or maybe but')
/** These go on only together with another one. */
const soft = list('so ok okay then just now maybe but')

/**
 * What comes after "and", "what about" and the like; null when it does not begin so.
 */
export function readFollowUp(words: readonly Word[]): readonly Word[] | null {
  let start = 0
  while (and.has(words[start]?.key ?? '')) start += 1
  const whatAbout = ['what', 'how'].includes(words[start]?.key ?? '') && words[start + 1]?.key === 'about'
  if (whatAbout) start += 2
  const marked = whatAbout || words.slice(0, start).some(({ key }) => !soft.has(key))
  return marked && start < words.length ? words.slice(start) : null
}
