// What all subjects together can be asked: one table, from which the help text and the manifest are made and questions are read.
import type { BotSubject, QuestionKind } from '../subject.ts'
import type { Form, Reading } from './intent.ts'
import type { Range } from './range.ts'
import type { Piece } from './sentence.ts'
import { openVocabulary, type Vocabulary } from './vocabulary.ts'

export interface Command {
  /** The kind of question, or `help`. */
  readonly intent: string
  readonly title: string
  /** What a button says that asks it. */
  readonly label: string
  /** Over it in the help; null for help itself. */
  readonly group: string | null
  readonly description: string
  readonly example: string
  /** Where Teams offers it. */
  readonly scopes: readonly ('personal' | 'team' | 'groupChat')[]
}

const scopes = ['personal', 'team', 'groupChat'] as const
const help: Command = { intent: 'help', title: 'help', label: 'Help', group: null, description: 'What I can do', example: 'help', scopes }

export interface Grammar {
  readonly subjects: readonly BotSubject[]
  /** Those that lead, then the others in the order of their subjects, and help. */
  readonly commands: readonly Command[]
  readonly vocabulary: Vocabulary
  /** Signs that make a question out of a sentence. */
  readonly heads: ReadonlySet<string>
  /** Those of the subject of a form. */
  headsOf(form: Form): ReadonlySet<string>
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
  /** The time that a question is about; null for all times. */
  rangeOf(form: Form): Range | null
  /** Whether a question of this topic may be about a person. */
  takesPeople(topic: string): boolean
  /** What a sentence asks; null when it is no question. */
  read(pieces: readonly Piece[]): Reading | null
}

/** @param subjects in the order in which they are listed for people; of two that read a sentence the first one is asked */
export function openGrammar(subjects: readonly BotSubject[]): Grammar {
  const questions = subjects.flatMap((subject) => subject.questions)
  const groupOf = (question: QuestionKind) => subjects.find((subject) => subject.questions.includes(question))?.group ?? null
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
    commands: [...leading.map((question) => {
      const { kind, command: { title, label, description, example } } = question
      return { intent: kind, title, label, group: groupOf(question), description, example, scopes }
    }), help],
    vocabulary: openVocabulary(subjects.map(({ spellings }) => spellings ?? {})),
    heads: new Set(subjects.flatMap(({ heads }) => heads ?? [])),
    headsOf: ({ kind }) => new Set(subjects.find((subject) => subject.questions.some((question) => question.kind === kind))?.heads ?? []),
    questionOf,
    phrase,
    offers: (name) => questions.flatMap(({ offer }) => (offer === undefined ? [] : [{ label: offer.label, question: phrase(offer.form, name) }])),
    topicOf(form) {
      const detail = questionOf(form).detail?.(form)
      return detail === undefined ? form.kind : `${form.kind}.${detail}`
    },
    formOf(topic) {
      const [kind = '', detail = ''] = topic.split('.')
      return byKind.get(kind)?.bare(detail) ?? null
    },
    rangeOf: (form) => questionOf(form).range?.(form) ?? null,
    takesPeople: (topic) => byKind.get(topic.split('.')[0] ?? '')?.ofPerson !== undefined,
    read(pieces) {
      const readings = subjects.flatMap((subject) => subject.read?.(pieces) ?? [])
      return readings.find(({ label }) => label !== true) ?? readings[0] ?? null
    },
  }
}
