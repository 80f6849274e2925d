// What is kept of a person's last question: which customer and what kind of question. Never its words.

export interface Talk {
  /** Null when no question named one. */
  readonly customerId: string | null
  /** As the grammar names it: `emails.in`, `mfa`. */
  readonly topic: string
}
