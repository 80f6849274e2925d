// How well customers are protected.
import type { BotSubject } from '../subject.ts'
import { mfa } from './mfa.ts'
import { noMfa } from './noMfa.ts'
import { postureOf } from './posture.ts'
import { mfaAt, postureAt } from './words.ts'

export const posture: BotSubject = {
  questions: [mfa, postureOf, noMfa],
  read: (words, at) => [...mfaAt(words, at), ...postureAt(words, at)],
}
