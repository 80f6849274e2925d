// The text of an opened message or meeting, as it goes to whoever opened it.
import { textIn } from '../graph/said.ts'
import type { Body, Cleaner } from './cleaner.ts'
import type { OpenedText } from './model.ts'

/** @param item as Graph has it, with its address in Outlook; without a body where that is too large to be read */
export async function openedTextOf({ clean }: { readonly clean: Cleaner }, { body, webLink }: { readonly body?: Body | null; readonly webLink?: string | null }): Promise<OpenedText> {
  const { html, shown } = body === undefined ? { html: '', shown: 'nothing' as const } : await clean({ content: textIn(body?.content), contentType: textIn(body?.contentType) })
  const isSafe = typeof webLink === 'string' && URL.canParse(webLink) && new URL(webLink).protocol === 'https:'
  return { html, shown, webLink: shown !== 'all' && isSafe ? webLink : null }
}
