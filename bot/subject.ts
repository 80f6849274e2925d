// What a subject of the bot is: the questions about it, how they are read and asked again, and how they are answered. Adding one is
// a folder of its own and a line in subjects.ts.
import type { Actor } from '../api/access/model.ts'
import type { ChannelRole } from '../api/channels/model.ts'
import type { CustomerNames } from '../api/customers/model.ts'
import type { Actions, Query } from '../api/subjects.ts'
import type { Conversation, Said } from './adapter/port.ts'
import type { Answer } from './parts/answer.ts'
import type { CardContext } from './parts/card.ts'
import type { Links } from './parts/links.ts'
import type { Assumed, Form, Reading } from './understand/intent.ts'
import type { Candidate } from './understand/nameForms.ts'
import type { Person } from './understand/people.ts'
import type { Range } from './understand/range.ts'
import type { Piece } from './understand/sentence.ts'
import type { Spellings } from './understand/vocabulary.ts'

/** What an answer is made of besides the question. */
export interface AnswerContext extends CardContext {
  readonly query: Query
  readonly actor: Actor
  readonly now: Date
  /** Whether the answer is read by the asking person alone. */
  readonly personal: boolean
}

interface Asked<F extends Form> {
  readonly form: F
  readonly assumed: Assumed
}
export interface AskedOfCustomer<F extends Form = Form> extends Asked<F> {
  readonly customer: Candidate
}
export interface AskedOfAll<F extends Form = Form> extends Asked<F> {
  /** Those that the person may see. */
  readonly customers: readonly Candidate[]
}

/** One kind of question. A question without `ofCustomer` is about no customer at all, and no other leans on it. */
export interface QuestionKind<F extends Form = Form> {
  readonly kind: F['kind']
  readonly command: {
    /** What the command menu puts into the box in which people write. Teams: at most 32 characters. */
    readonly title: string
    /** What a button says that asks it. */
    readonly label: string
    /** Teams: at most 128 characters. Names no customer, because it is shown in channels too. */
    readonly description: string
    readonly example: string
    /** Stands before the commands of all subjects that do not lead. */
    readonly leads?: true
  }
  /** What a button says that asks this of a customer, where nothing was understood but its name. */
  readonly offer?: { readonly label: string; readonly form: F }
  /** May only be said in a private chat, whatever the answer is. */
  readonly discreet: boolean
  /** In words again, with another name for the customer; nothing for all. The grammar understands them as the form that they came from. */
  phrase(form: F, name: string): string
  /** What is kept of a question for the next one, besides its kind. Never words that somebody typed. */
  detail?(form: F): string
  /** The question without times and words. @param detail what was kept of it, or anything else */
  bare(detail: string): F
  /** The question that asks the same of other days. */
  inDays?(form: F, range: Range): Form
  /** The time that it asks of; missing where it asks of none. */
  range?(form: F): Range | null
  /** The same question with what a follow-up says of people and subjects, and what is left of it. Missing where it asks of neither. */
  narrowed?(form: F, pieces: readonly Piece[]): { readonly form: Form; readonly rest: readonly Piece[] }
  /** The same question of one person. */
  ofPerson?(form: F, person: Person): Form
  /** @throws AppError as the questions of Query do */
  ofCustomer?(context: AnswerContext, asked: AskedOfCustomer<F>): Promise<Said>
  /** Missing where a customer has to be named. @throws AppError as the questions of Query do */
  ofAll?(context: AnswerContext, asked: AskedOfAll<F>): Promise<Said>
}

/** A channel as the answers need it. */
export interface ChannelHere {
  /** As the service knows it. */
  readonly id: string
  readonly role: ChannelRole | null
  /** Guests or people of other organisations read in it. */
  readonly outsiders: boolean
}

export interface InstructionContext {
  readonly actions: Pick<Actions, 'setChannelRole'>
  readonly links: Links
  readonly actor: Actor
  /** Those that are not archived. */
  readonly customers: readonly CustomerNames[]
  readonly scope: Conversation['scope']
  /** Null where the bot is in no channel, or not any more. */
  readonly channel: ChannelHere | null
}
/** Does what was said, and answers. @throws AppError of the action */
export type Instruction = (context: InstructionContext) => Promise<Answer>

export interface BotSubject {
  /** Over its commands in the help; subjects with the same one stand together. Missing where there are none. */
  readonly group?: string
  readonly questions: readonly QuestionKind[]
  /** Its words: what stands for them in a sentence, and how people write them. */
  readonly spellings?: Spellings
  /** The signs that make a question. */
  readonly heads?: readonly string[]
  /** What a sentence asks of this subject; null when it asks nothing of it. */
  read?(pieces: readonly Piece[]): Reading | null
  /** What is said in order to be done, and not to be answered. @param plain as `toPlain` gives it; null when it is something else */
  instruction?(plain: string): Instruction | null
}
