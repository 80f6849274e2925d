import { describe, it } from 'vitest'
import type { Security } from '../../api/security/model.ts'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, many, says } from '../testing/cards.fixture.ts'
import { posture } from '../testing/posture.fixture.ts'
import { securityCard } from './card.ts'

const row = (name: string, more = {}): Security['items'][number] => ({
  customerId: name, name, mfa: posture().mfa, privilegedMfa: posture().privilegedMfa, openFindings: 2, asOf: '2026-11-20T10:00:00Z', unknownReason: null, ...more,
})
const unknownRow = (name: string) => row(name, { mfa: null, privilegedMfa: null, openFindings: null, asOf: null, unknownReason: 'No tenant is connected.' })
const security = (items = [row('Contoso'), unknownRow('Fabrikam')]): Security => ({
  items,
  signals: [{ signal: 'mfa', average: 0.7, customers: 1, of: 2, leftOut: [{ customerId: 'f', name: 'Fabrikam', reason: 'No tenant is connected.' }], capable: 7, accounts: 10, unknown: 1 }],
})

lintCards({
  security: securityCard({ security: security([...many(9, () => row(hostile)), unknownRow(hostile), ...many(9, () => row(hostile))]), assumed: null }, context),
  noSecurity: securityCard({ security: security([]), assumed: null }, context),
})

describe('across customers', () => {
  it('averages say what they average and whom they leave out; unknown is its own answer', () => {
    const card = securityCard({ security: security(), assumed: null }, context)
    says(card, 'MFA: 70 % on average over 1 of 2 customers; 7 of 10 accounts capable, 1 unknown', 'Left out: Fabrikam (No tenant is connected)', 'MFA 7 of 10 (70 %), 1 unknown · privileged 1 of 3 (33.3 %), none unknown · 2 open findings', 'Unknown for Fabrikam: No tenant is connected.', 'hub?', 'security')
    says(securityCard({ security: security(many(14, (index) => row(`C${String(index)}`))), assumed: null }, context), 'The worst 10 of 14.')
  })
})
