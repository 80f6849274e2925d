// What runs in a thread of its own: a stranger's text is read here and nowhere else, because it can be built so that this takes
// minutes. It is a program of its own in the build; cleaner.ts starts it.
import { within } from './bounds.ts'
import { htmlOf } from './sanitise.ts'
import { wordsOf } from './words.ts'

export interface Text {
  readonly content: string
  readonly isHtml: boolean
}

/** A page that a browser can be given. */
export const page = ({ content, isHtml }: Text) => within(htmlOf({ contentType: isHtml ? 'html' : 'text', content }))

/** Its words alone. */
export const words = ({ content, isHtml }: Text) => page({ content: isHtml ? wordsOf(content) : content, isHtml: false })
