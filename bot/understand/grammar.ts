// What all subjects together can be asked: one table, from which the help text and the manifest are made and questions are read.
import type { BotSubject, QuestionKind } from '../subject.ts'
import type { Form, Reading } from './intent.ts'
import { rangesIn } from './range.ts'
import type { Word } from './words.ts'

export interface Command {
  /** The kind of question, or `help`. */
  readonly intent: string
  readonly title: string
  readonly description: string
  readonly example: string
  /** Where Teams offers it. */
  readonly scopes: readonly ('personal' | 'team' | 'groupChat')[]
}

/** More readings than these are nonsense; each costs a search among the customers. */
const mostReadings = 10

const scopes = ['personal', 'team', 'groupChat'] as const
const help: Command = { intent: 'help', title: 'help', description: 'What I can do', example: 'help', scopes }

export interface Grammar {
  readonly subjects: readonly BotSubject[]
  /** Those that lead, then the others in the order of their subjects, and help. */
  readonly commands: readonly Command[]
  /** @throws Error for a form that none of the subjects made */
  questionOf(form: Form): QuestionKind
  /** A question in words again, with another name for the customer: what a button asks. @param name nothing for all customers */
  phrase(form: Form, name: string): string
  /** What is asked of a customer where nothing was understood but its name. */
  offers(name: string): { readonly label: string; readonly question: string }[]
  /** What is kept of a question: its kind, with a detail: `emails.in`, `mfa`. Never its words. */
  topicOf(form: Form): string
  /** The question of a topic, without times and words; null for what is no topic. */
  formOf(topic: string): Form | null
  /** Every way to read a question as a command, in the order of the command words; empty when there is none. */
  readCommands(words: readonly Word[]): Reading[]
}

/** @param subjects in the order in which they are listed for people */
export function openGrammar(subjects: readonly BotSubject[]): Grammar {
  const questions = subjects.flatMap((subject) => subject.questions)
  const byKind = new Map(questions.map((question) => [question.kind, question]))
  const leading = [...questions.filter(({ command }) => command.leads), ...questions.filter(({ command }) => !command.leads)]

  function questionOf({ kind }: Form): QuestionKind {
    const question = byKind.get(kind)
    if (question === undefined) throw new Error(`No subject of the bot answers ${kind}.`)
    return question
  }
  const phrase = (form: Form, name: string) => questionOf(form).phrase(form, name)

  return {
    subjects,
    commands: [...leading.map(({ kind, command: { title, description, example } }) => ({ intent: kind, title, description, example, scopes })), help],
    questionOf,
    phrase,
    offers: (name) => questions.flatMap(({ offer }) => (offer === undefined ? [] : [{ label: offer.label, question: phrase(offer.form, name) }])),
    topicOf(form) {
      const detail = questionOf(form).detail?.(form)
      return detail === undefined ? form.kind : `${form.kind}.${detail}`
    },
    formOf(topic) {
      const [kind = '', detail = ''] = topic.split('.')
      const question = byKind.get(kind)
      return question?.ofCustomer === undefined ? null : question.bare(detail)
    },
    // A time may as well be a part of a name, so each is read both ways, first as a time.
    readCommands(words) {
      const inDays = rangesIn(words)
        .toReversed()
        .slice(0, 2)
        .flatMap(({ range, from, to }) => {
          const others = words.toSpliced(from, to - from)
          return others.flatMap((_, at) => subjects.flatMap((subject) => subject.readInDays?.(others, at, range) ?? []))
        })
      const plain = words.flatMap((_, at) => subjects.flatMap((subject) => subject.read?.(words, at) ?? []))
      return [...inDays, ...plain].slice(0, mostReadings)
    },
  }
}
