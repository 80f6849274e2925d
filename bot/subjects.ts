// The one list of what the bot can be asked, in the order in which people read it.
import { calendar } from './calendar/subject.ts'
import { channels } from './channels/subject.ts'
import { licences } from './licences/subject.ts'
import { mail } from './mail/subject.ts'
import { posture } from './posture/subject.ts'
import { roles } from './roles/subject.ts'
import { sync } from './sync/subject.ts'
import { openGrammar } from './understand/grammar.ts'

export const grammar = openGrammar([mail, calendar, posture, roles, licences, sync, channels])
