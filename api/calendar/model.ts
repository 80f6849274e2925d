// A meeting is a calendar event in which a customer's contact takes part. Stored like a message: metadata, never the text.
import { z } from 'zod'
import { openedText } from '../mailboxes/model.ts'
import { addressSchema, partySchema, senderSchema } from '../people/model.ts'
import { freshnessSchema } from '../sync/model.ts'

export const meetingRowSchema = z.object({
  id: z.string(),
  start: z.string().describe('ISO 8601 UTC; of an all-day meeting the date alone, YYYY-MM-DD.'),
  end: z.string().describe('As start; of an all-day meeting the first day after it.'),
  allDay: z.boolean(),
  cancelled: z.boolean(),
  private: z.boolean().describe('Marked private or confidential: nothing but the time is shown.'),
  subject: z.string().nullable(),
  organizer: senderSchema,
  attendees: z.array(partySchema).describe('People at the customer and at the MSP.'),
  others: z.number().int().describe('Attendees outside the customers and the MSP: their number only.'),
  series: z.boolean().describe('One of a series.'),
  online: z.boolean(),
})
export type MeetingRow = z.infer<typeof meetingRowSchema>

export const meetingsSchema = z.object({
  items: z.array(meetingRowSchema).describe('By start, one row a meeting even when several people of the MSP attend.'),
  from: z.string().describe('The window that is read: 7 days back …'),
  to: z.string().describe('… and 14 days ahead.'),
  scope: z.enum(['all', 'own']),
  freshness: freshnessSchema,
})
export type MeetingList = z.infer<typeof meetingsSchema>

export const meetingDetailSchema = z.object({
  id: z.string(),
  subject: z.string(),
  start: z.string(),
  end: z.string(),
  allDay: z.boolean(),
  organizer: addressSchema.nullable(),
  attendees: z.array(addressSchema.extend({ response: z.enum(['accepted', 'declined', 'tentative', 'none']) })),
  others: z.number().int(),
  location: z.string().nullable(),
  joinUrl: z.string().nullable().describe('https link to the online meeting.'),
  ...openedText,
})
export type MeetingDetail = z.infer<typeof meetingDetailSchema>
