// What is said of all customers' protection, whichever question asks for it.
import type { Card } from '../adapter/port.ts'
import type { AnswerContext, AskedOfAll } from '../subject.ts'
import { securityCard } from './card.ts'

/** The answer to a question about protection that names no customer: every customer, worst first. */
export async function answerSecurity(context: AnswerContext, { assumed }: Pick<AskedOfAll, 'assumed'>): Promise<Card> {
  return securityCard({ security: await context.query.security(context.actor), assumed }, context)
}
