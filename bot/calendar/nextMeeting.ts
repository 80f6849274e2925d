// "Next meeting with …".
import type { MeetingRow } from '../../api/calendar/model.ts'
import type { Card } from '../adapter/port.ts'
import { daysAhead } from '../parts/days.ts'
import type { AnswerContext, AskedOfCustomer, QuestionKind } from '../subject.ts'
import { phraseOf } from '../understand/phrase.ts'
import { momentsOf, reached } from './days.ts'
import type { MeetingsForm, NextMeetingForm } from './forms.ts'
import { byStart } from './meeting.ts'
import { nextMeetingCard } from './nextMeetingCard.ts'

async function answer(context: AnswerContext, { customer, assumed }: AskedOfCustomer<NextMeetingForm>): Promise<Card> {
  const { query, actor } = context
  const about = await query.meetings(actor, customer.id, momentsOf(daysAhead(context)))
  const begun = (meeting: MeetingRow) => reached(meeting.start, meeting, context)
  const items = about.items.filter((meeting) => !reached(meeting.end, meeting, context)).toSorted(byStart)
  const next = items.find((meeting) => !begun(meeting) && !meeting.cancelled) ?? null
  const running = items.filter((meeting) => begun(meeting) && !meeting.cancelled)
  const cancelled = items.filter((meeting) => meeting.cancelled && !begun(meeting) && (next === null || meeting.start < next.start))
  return nextMeetingCard({ customer, next, running, cancelled, about, assumed }, context)
}

export const nextMeeting: QuestionKind<NextMeetingForm> = {
  kind: 'nextMeeting',
  command: {
    title: 'next meeting with',
    label: 'Next meeting',
    description: 'The next meeting with a customer that you may see, answered privately.',
    example: 'next meeting with Contoso',
    leads: true,
  },
  offer: { label: 'Next meeting', form: { kind: 'nextMeeting' } },
  discreet: true,
  phrase: (_, name) => phraseOf('next meeting with', name),
  bare: () => ({ kind: 'nextMeeting' }),
  inDays: (_, range): MeetingsForm => ({ kind: 'meetings', range }),
  ofCustomer: answer,
}
