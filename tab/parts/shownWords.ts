// What is said above a text of which not everything is shown.
import type { Shown } from '../../api/mailboxes/model.ts'

/** @param noun whose text it is, with a small letter: "message"; @returns null where all of it is there */
export function shownWords(noun: string, shown: Shown): string | null {
  switch (shown) {
    case 'all':
      return null
    case 'beginning':
      return `This ${noun} is very long. Only its beginning is shown here.`
    case 'wordsOnly':
      return `This ${noun} is built so that showing it as it is would take too long. Its words are shown without their layout.`
    case 'nothing':
      return `The text of this ${noun} cannot be shown here: it is built so that reading it takes too long, or it is too large.`
  }
}
