// What stands in quotation marks in a question about mail: words to be looked for.

const inQuotes = /(?:\b(about|re|regarding|concerning|mentioning|containing|titled|called|subject|title|topic|words?|for)\b:?\s*)?["“„«]([^"“”„«»]{3,60})["“”»]/gi
const aboutMail = /\b(?:e?-?mails?|messages?|threads?|conversations?|search|find|look)\b/i

/** `emails from Contoso "backup report"` as "emails from Contoso about backup report". A question that is quoted as a whole stays. */
export function withQuotesSpelt(plain: string): string {
  if (!aboutMail.test(plain.replace(inQuotes, ' '))) return plain
  return plain.replace(inQuotes, (_, before: string | undefined, quoted: string) => ` ${before ?? 'about'} ${quoted} , `)
}
