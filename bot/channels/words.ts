// "This channel is for …": what an administrator says of a channel, and what its buttons say.

export interface ChannelWish {
  /** what: asks what the channel is for. customer: by name, or by the id that a button carries instead of a name. */
  readonly to: 'what' | 'nothing' | 'alerts' | { readonly name: string } | { readonly customerId: string }
  /** Said after having been asked back. */
  readonly agreed: boolean
  /** Answers for who reads there, because that could not be read. */
  readonly checked: boolean
}

const asksWhat = /^what(?:'s| is|s)? this channel(?: is)?(?: for)?$|^what(?:'s| is|s)? the (?:purpose|role) of this channel$/
const says = /^(yes,? )?(?:(i have checked),? )?(?:(?:use|make) )?this channel (?:is |should be |shall be )?for (.+)$/
const alerts = /^(?:our |the |all )*(?:team'?s? |team’s )?(?:security )?alerts$/
const nothing = /^(?:nothing|none|nobody)$/
const byId = /^customer ([0-9a-f]{24})$/

/** @param plain a question as `toPlain` gives it; null when it is about no channel */
export function readChannel(plain: string): ChannelWish | null {
  const text = plain.replace(/[‘’ʼ´`]/g, "'").replace(/[\s.!?]+$/, '')
  if (asksWhat.test(text.toLowerCase())) return { to: 'what', agreed: false, checked: false }
  const [, yes, checked, purpose] = says.exec(text.toLowerCase()) ?? []
  if (purpose === undefined) return null
  const said = { agreed: yes !== undefined, checked: checked !== undefined }
  if (alerts.test(purpose)) return { to: 'alerts', ...said }
  if (nothing.test(purpose)) return { to: 'nothing', ...said }
  const customerId = byId.exec(purpose)?.[1]
  // As typed: a name is shown back to whoever typed it.
  return { to: customerId === undefined ? { name: text.slice(text.length - purpose.length) } : { customerId }, ...said }
}
