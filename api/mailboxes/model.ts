// The text of a message or a meeting, as a person may read it. Fetched when it is opened, never stored.
import { z } from 'zod'

export const shownSchema = z
  .enum(['all', 'beginning', 'wordsOnly', 'nothing'])
  .describe('How much of the text is there. beginning: it is longer than Outpost shows. wordsOnly: it is built so that cleaning it took too long. nothing: neither could be had.')
export type Shown = z.infer<typeof shownSchema>

export const openedText = {
  html: z.string().describe('Sanitised: no script, no form, nothing that loads from elsewhere. Show it in a sandboxed frame.'),
  shown: shownSchema,
  webLink: z.string().nullable().describe('Where Outlook shows all of it, to whoever may open that mailbox; null where nothing is left out.'),
}
export type OpenedText = z.infer<z.ZodObject<typeof openedText>>
