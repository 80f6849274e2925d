import { describe, expect, it } from 'vitest'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, contoso, evil, never, says, textOf } from '../testing/cards.fixture.ts'
import { account, guest, lacking, manyAccounts, noPim, posture } from '../testing/posture.fixture.ts'
import { mfaCard } from './mfaCard.ts'
import { noMfaCard } from './noMfaCard.ts'
import { postureCard } from './postureCard.ts'

const sevenFindings = posture({
  privilegedAccounts: [], outside: { guests: 0, disabled: 0 },
  findings: [1, 2, 3, 4, 5, 6, 7].map((index) => ({
    id: `f${String(index)}`, check: 'x', customerId: 'c1', accountId: 'a', accountName: `Account ${String(index)}`, state: 'open' as const, reason: '', openedAt: '', resolvedAt: null,
  })),
})

lintCards({
  mfa: mfaCard({ customer: evil, posture: sevenFindings, names: true, assumed: null }, context),
  mfaInChannel: mfaCard({ customer: evil, posture: sevenFindings, names: false, assumed: null }, context),
  noMfa: noMfaCard({ customer: evil, posture: posture({ privilegedAccounts: manyAccounts.map((one) => ({ ...one, kind: 'guest' })) }), lacking: lacking(30, { displayName: hostile }), assumed: null }, context),
  noMfaInChannel: noMfaCard({ customer: evil, posture: posture({ privilegedAccounts: manyAccounts }), lacking: null, assumed: null }, context),
  posture: postureCard({ customer: evil, posture: posture(noPim), names: true, assumed: 'question' }, context),
})

describe('MFA', () => {
  it('no finding where nobody knows who is privileged is unknown and not 0, and is explained once', () => {
    const none = { capable: 0, notCapable: 0, unknown: 0, of: 0, asOf: null }
    const nothing = posture({ tenants: 0, mfa: none, privilegedMfa: none, mfaUnknown: 'No account lies at its domains.', privilegedMfaUnknown: 'No account lies at its domains.', freshness: [] })
    for (const card of [mfaCard, postureCard].map((of) => textOf(of({ customer: contoso, posture: nothing, names: true, assumed: null }, context)))) {
      expect(card).toContain('{"title":"Open findings","value":"unknown"}')
      for (const other of ['come from your own tenant', 'has not been read']) expect(card).not.toContain(other)
    }
  })

  it('MFA: n of N, unknown, privileged, findings, capability and not enforcement, age', () => {
    const card = textOf(mfaCard({ customer: contoso, posture: sevenFindings, names: true, assumed: null }, context))
    for (const part of ['7 of 10 (70 %), 1 unknown', '1 of 3 (33.3 %), none unknown', '"value":"7"', 'does not say that MFA is enforced', 'As of Fri', 'Account 1', 'and 2 more', 'customer%2Fc1%2Fposture']) {
      expect(card).toContain(part)
    }
  })

  it('MFA in a channel: no names, no error texts', () => {
    const card = textOf(mfaCard({ customer: contoso, posture: sevenFindings, names: false, assumed: null }, context))
    expect(card).not.toContain('Account 1')
    expect(card).not.toContain('robin@')
    expect(card).toContain('7 of 10')
  })
})

describe('who lacks it, and posture', () => {
  it('PIM that could not be read is named as unknown', () => {
    says(noMfaCard({ customer: contoso, posture: posture(noPim), lacking: lacking(0), assumed: null }, context), 'Unknown: who can activate a role through PIM. The permission RoleEligibilitySchedule')
    says(postureCard({ customer: contoso, posture: posture(noPim), names: true, assumed: null }, context), 'who can activate a role through PIM is unknown')
  })
  it('no MFA: counts, and names in a private chat alone', () => {
    says(noMfaCard({ customer: contoso, posture: posture(), lacking: lacking(2), assumed: null }, context), '2 of 10, 1 unknown', '2 of 3, none unknown', 'Not MFA capable (2): Lacking 0 (privileged), Lacking 1"')
    const card = noMfaCard({ customer: contoso, posture: posture({ privilegedAccounts: [account(), guest] }), lacking: null, assumed: null }, context)
    says(card, '2 of 10, 1 unknown', 'Names of accounts are never shown here')
    never(card, 'Robin', 'Gale Guest', 'robin@')
  })
  it('no MFA: ten names and how many more; roles that were not read; guests that hold a role', () => {
    says(noMfaCard({ customer: contoso, posture: posture(), lacking: lacking(12), assumed: null }, context), 'Lacking 9 and 2 more in Outpost')
    says(noMfaCard({ customer: contoso, posture: posture(), lacking: lacking(1, { privileged: null }), assumed: null }, context), 'Not MFA capable (1): Lacking 0 (roles unknown)')
    says(noMfaCard({ customer: contoso, posture: posture({ privilegedAccounts: [account(), guest] }), lacking: lacking(0), assumed: null }, context), 'Guests with a role, not MFA capable (1): Gale Guest"')
    never(noMfaCard({ customer: contoso, posture: posture(), lacking: lacking(0), assumed: null }, context), 'Not MFA capable (', 'Guests')
  })
  it('posture: counts without names', () => {
    const card = postureCard({ customer: contoso, posture: posture(), names: false, assumed: 'question' }, context)
    says(card, '7 of 10 (70 %), 1 unknown', '2 privileged, 1 high impact', '1 guest, 4 disabled', 'as in your last question', 'As of Fri')
    never(card, 'Robin', 'Kim Kettle', 'robin@')
  })
})
