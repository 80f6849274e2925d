// What stands around a question and does not belong to it: mentions of others, and how people sign.

/** Before these words the name of somebody mentioned is what the question is about. */
const asksForPerson = 'did|has|have|from|to|with|by|of'

/** Other people's mentions are for them; their names stay where the question asks for what they wrote. */
export function withoutMentions(text: string): string {
  return text.replace(new RegExp(`(\\b(?:${asksForPerson})\\s+)?<at(?:\\s[^<>]{0,200})?>([^<>]{0,100})</at>`, 'gi'), (_, before: string | undefined, name: string) =>
    before === undefined ? ' ' : `${before}${name}`)
}

/** Said at the end, before a name. */
const closing = "thanks|thank you|many thanks|thx|cheers|regards|best|best wishes|(?:best|kind|warm|many) regards|br|greetings|yours(?: \\w+)?|sincerely|mit freundlichen gr\\S+|(?:viele|liebe|beste|sch\\S+) gr\\S+|lg|vg|mfg"
/** A line with which a signature begins; a phone signs in its own words. */
const beginsSignature = new RegExp(`^\\s*(?:-- ?|[-–—]{1,2} ?\\p{Lu}[\\p{L}. ]*|_{3,}|(?:sent (?:from|via|with)|get outlook|von meinem|gesendet|envoy|inviato)\\b.*|(?:${closing})[,.! ]*(?:\\p{L}[\\p{L}.]* ?){0,3})$`, 'iu')
/** The same at the end of a line that asks. */
const signedInLine = new RegExp(`(?:[.?!]|\\s[-–—])\\s+(?:${closing}),?(?:\\s+\\p{L}[\\p{L}.]*){0,3}[.!]?\\s*$|,\\s+(?:${closing}),\\s*\\p{L}+(?:\\s\\p{L}+)?[.!]?\\s*$`, 'iu')

/** @param text with its lines; who writes nothing but a closing says it to the bot */
export function withoutSignature(text: string): string {
  const lines = text.trim().split('\n')
  const at = lines.findIndex((line, index) => index > 0 && beginsSignature.test(line))
  const asked = at === -1 ? lines : lines.slice(0, at)
  return asked.join('\n').replace(signedInLine, '')
}

const openings = /^(?:(?:hi|hello|hey|dear|good)(?: (?:all|everyone|everybody|team|folks|guys|there|bot|outpost))?[\s,.!]+)*(?:good (?:morning|afternoon|evening|day|night)|(?:morning|afternoon|evening)(?: (?:all|everyone|everybody|team|folks|guys|both|there|bot|outpost))?(?=[\s]*[,.!;:–—-]))(?= ?\W)/i

/** "Good morning" is no time. What is nothing else stays. */
export function withoutGreeting(plain: string): string {
  const rest = plain.replace(openings, ' ').trim()
  return /[\p{L}\p{N}]/u.test(rest) ? rest : plain
}
