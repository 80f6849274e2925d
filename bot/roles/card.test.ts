import { describe, it } from 'vitest'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, contoso, evil, many, never, says } from '../testing/cards.fixture.ts'
import { account, manyAccounts, noPim, posture } from '../testing/posture.fixture.ts'
import { adminsCard } from './card.ts'

const long = 'x'.repeat(140)
const longRole = (label: 'privileged' | 'highImpact') => ({ name: long, label, assignment: 'eligible', via: long, scope: 'limited' }) as const
const longAccounts = (['privileged', 'highImpact'] as const).flatMap((label) => many(15, (index) => account({ id: `${label}${String(index)}`, displayName: long, roles: many(6, () => longRole(label)) })))

lintCards({
  admins: adminsCard({ customer: evil, posture: posture({ privilegedAccounts: manyAccounts, ...noPim, eligibilityReason: hostile }), assumed: null }, context),
  adminsWithLongNames: adminsCard({ customer: evil, posture: posture({ privilegedAccounts: longAccounts, ...noPim }), assumed: null }, context),
  noAdmins: adminsCard({ customer: contoso, posture: posture({ privilegedAccounts: [], tenants: 0 }), assumed: 'customer' }, context),
})

describe('who holds roles', () => {
  it('admins: Microsoft’s label and our list apart, via, eligible, scope, MFA, applications', () => {
    const card = adminsCard({ customer: contoso, posture: posture(), assumed: null }, context)
    says(card, 'Privileged (Microsoft’s label): 2', 'High impact (our list), and not privileged: 1', 'Robin Sample · not MFA capable', 'Exchange Administrator (eligible, via Mail people, limited scope)', 'Kim Kettle · MFA unknown', 'Backup app · application · MFA does not apply')
    never(card, 'Unknown: who can activate')
  })
  it('PIM that could not be read is named as unknown', () =>
    says(adminsCard({ customer: contoso, posture: posture(noPim), assumed: null }, context), 'Unknown: who can activate a role through PIM. The permission RoleEligibilitySchedule'))
})
