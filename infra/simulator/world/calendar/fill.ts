// What a technician finds in the calendar when the world begins.
import { seeded, type Random } from '../random.ts'
import { Stage, type Cast } from '../stage.ts'
import { eventKey, joinUrl, newICalUId, occurrences, type Calendar, type Meeting } from './meetings.ts'
import { invited, SCENES, unlisted, visit, type MeetingDraft, type Scene } from './scenes.ts'
import { instantOf, wallOf } from './zones.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const HOME = 'W. Europe Standard Time'

/** The technicians' calendars, by user id. A meeting that several hold stands in all of theirs. */
export function makeCalendars(cast: Cast): Map<string, Calendar> {
  const calendars = new Map<string, Calendar>(cast.technicians.map((t) => [t.id, new Map<string, Meeting>()]))
  const counts = new Map<string, number>()
  for (const [index, me] of cast.technicians.entries()) {
    const random = seeded(cast.seed, 'meetings', me.userPrincipalName)
    const colleagues = cast.technicians.filter((t) => t !== me || cast.technicians.length === 1)
    const stage = new Stage(random, { me, colleagues, customers: cast.customers })
    const play = (scene: Scene): void => {
      const { draft, meeting } = toMeeting(stage, scene, cast.start)
      const { technicians } = cast
      const others = [...technicians.slice(index + 1), ...technicians.slice(0, index)].slice(0, draft.with ?? 0)
      const invited = others.map((u) => ({ name: u.displayName, address: u.userPrincipalName, type: 'required' as const }))
      meeting.attendees.push(...invited.filter((i) => i.address !== meeting.organizer.address))
      // A colleague who calls a meeting has it too.
      const host = technicians.find((t) => t.userPrincipalName === meeting.organizer.address)
      const near = occurrences(meeting, cast.start - 10 * DAY, cast.start + 20 * DAY).length
      for (const holder of new Set([me, ...others, ...(host ? [host] : [])])) {
        calendars.get(holder.id)?.set(eventKey(meeting, holder.id), meeting)
        counts.set(holder.id, (counts.get(holder.id) ?? 0) + near)
      }
    }
    for (const scene of cast.tiny ? SCENES.slice(0, 3) : SCENES) play(scene)
    while (!cast.tiny && (counts.get(me.id) ?? 0) < cast.perCalendar) play(random.pick([visit, invited, unlisted]))
  }
  return calendars
}

function toMeeting(stage: Stage, scene: Scene, now: number): { draft: MeetingDraft; meeting: Meeting } {
  const { random } = stage
  const draft = stage.play(scene)
  const { from, to, zone = HOME, series, allDay = false } = draft
  const start = startOf(random, draft, now)
  const hours = draft.hours ?? random.pick([0.5, 1, 1, 1.5, 2])
  const end = allDay ? instantOf(wallOf(start, zone) + hours * HOUR, zone) : start + hours * HOUR
  const hidden = draft.customers.length === 0 || draft.sensitivity !== undefined
  const place = hidden ? `lo${random.token(12)}` : random.pick(['Room Pine', 'At the customer', ''])
  const meeting: Meeting = {
    iCalUId: newICalUId(random), key: random.token(28), subject: draft.subject, sensitivity: draft.sensitivity ?? 0,
    organizer: from, attendees: [...to], start, end, timeZone: zone, isAllDay: allDay, cancelled: draft.cancelled === true,
    recurrence: series ? { pattern: series[0], count: series[1] } : null,
    exceptions: new Map(), location: place, joinUrl: draft.online ? joinUrl(random) : null,
    canaries: [...draft.canaries, ...(hidden ? [place] : [])], expectedCustomers: draft.customers,
  }
  const days = occurrences(meeting)
  for (const [number, { later, ...more }] of Object.entries(draft.exceptions ?? {})) {
    const { day, start: at } = days[Number(number)] as (typeof days)[number]
    meeting.exceptions.set(day as string, { ...more, ...(later === undefined ? {} : { at: at + later * HOUR }) })
  }
  return { draft, meeting }
}

/** A quarter of an hour in the working day; never within ten minutes of the time that it is now: no test stands on a window's edge. */
function startOf(random: Random, { day, zone = HOME, allDay, hours = 1 }: MeetingDraft, now: number): number {
  const midnight = Math.floor((wallOf(now, zone) + (day ?? random.int(29) - 9) * DAY) / DAY) * DAY
  if (allDay) return instantOf(midnight, zone)
  for (;;) {
    const at = instantOf(midnight + 7 * HOUR + random.int(40) * 15 * 60_000, zone)
    const near = [0, 0.5, 1, 1.5, 2, hours].map((h) => at + h * HOUR).some((t) => Math.abs(((t - now + 400.5 * DAY) % DAY) - DAY / 2) < 600_000)
    if (!near) return at
  }
}
