import { endpoint } from '../http/endpoint.ts'
import { calendarActions } from './actions.ts'
import { meetingDetailSchema, meetingsSchema } from './model.ts'
import { calendarQueries } from './query.ts'

export const calendarEndpoints = [
  endpoint({
    method: 'get', path: '/customers/:id/meetings', summary: 'Meetings with a customer that the asking person may see', answer: meetingsSchema,
    handle: ({ actor, id }, on) => calendarQueries.meetings(on, actor, id, {}),
  }),
  endpoint({
    method: 'get', path: '/meetings/:id', summary: 'Open a meeting: audited, then fetched from the mailbox, never stored', cost: 'open', answer: meetingDetailSchema,
    handle: ({ actor, id }, on) => calendarActions.openMeeting(on, actor, id),
  }),
]
