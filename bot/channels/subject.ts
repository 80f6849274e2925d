// What a channel is for: no question about customers, but what an administrator says in the channel.
import type { BotSubject } from '../subject.ts'
import { answerPurpose } from './purpose.ts'
import { readChannel } from './words.ts'

export const channels: BotSubject = {
  questions: [],
  instruction(plain) {
    const wish = readChannel(plain)
    return wish === null ? null : (context) => answerPurpose(wish, context)
  },
}
