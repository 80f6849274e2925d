import type { MeetingDetail, MeetingList } from '../../api/calendar/model.ts'
import type { Question } from '../client/loading.ts'
import { json, segment } from '../client/request.ts'

export const meetingsWith = (customerId: string): Question<MeetingList> => ({
  key: ['meetings', customerId],
  ask: (signal) => json<MeetingList>(`/customers/${segment(customerId)}/meetings`, { signal }),
  watch: { kinds: ['meetings', 'tenants'], customerId },
})

/** One meeting with its text. Each time that it is asked for is recorded, so it is asked for only when it is opened. */
export const oneMeeting = (meetingId: string): Question<MeetingDetail> => ({
  key: ['meeting', meetingId],
  ask: (signal) => json<MeetingDetail>(`/meetings/${segment(meetingId)}`, { signal }),
})
