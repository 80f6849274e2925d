// How well customers are protected.
import type { BotSubject } from '../subject.ts'
import { mfa } from './mfa.ts'
import { noMfa } from './noMfa.ts'
import { postureOf } from './posture.ts'
import { postureHeads, postureSpellings, readPosture } from './words.ts'

export const posture: BotSubject = {
  group: 'Security',
  questions: [mfa, postureOf, noMfa],
  spellings: postureSpellings,
  heads: postureHeads,
  read: readPosture,
}
