// An `invoke` is a question of Teams that waits for a body. Outpost offers nothing yet that asks one, but anybody who has an older or
// a newer card of the app on the screen can press its button.

const sentence = 'Outpost does not know this action. It may belong to another version of the app: ask the bot again, and use its newest card.'

/**
 * The answer to an `invoke` that nothing here handles, in the form in which Teams shows it to the person ("Universal Actions for
 * Adaptive Cards", "Task modules in Teams bots", "Respond to search command"). botbuilder alone answers 501 with nothing, which
 * Teams shows as a failure of the bot.
 * @param name of the activity, as it came
 */
export function unknownInvoke(name: unknown): { status: number; body: unknown } {
  const kind = typeof name === 'string' ? name : ''
  if (kind === 'adaptiveCard/action') return { status: 200, body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { code: 'BadRequest', message: sentence } } }
  if (kind.startsWith('task/')) return { status: 200, body: { task: { type: 'message', value: sentence } } }
  if (kind.startsWith('composeExtension/')) return { status: 200, body: { composeExtension: { type: 'message', text: sentence } } }
  return { status: 400, body: { error: { code: 'BadRequest', message: sentence } } }
}
