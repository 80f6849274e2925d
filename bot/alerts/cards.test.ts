import { describe, expect, it } from 'vitest'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, namesNobody, says, textOf } from '../testing/cards.fixture.ts'
import { alertCard, type AlertFacts } from './alertCard.ts'
import { secretExpiryCard } from './secretExpiryCard.ts'

const alert: AlertFacts = { customerId: 'c1', customerName: 'Contoso', check: 'privilegedAccountsMfaCapable', state: 'open', failing: 2, of: 3, unknown: 0, judgedAt: new Date('2026-11-20T10:00:00.123Z') }
const expiry = { tenantName: 'Contoso tenant', expiresAt: new Date('2026-12-01T10:00:00.123Z'), daysLeft: 7 }
const withdrawn = alertCard({ ...alert, customerName: hostile, state: 'withdrawn' }, context)

lintCards({
  secretExpiry: secretExpiryCard({ ...expiry, tenantName: hostile }, context),
  alert: alertCard({ ...alert, customerName: hostile }, context),
  resolved: alertCard({ ...alert, customerName: hostile, state: 'resolved', failing: 0 }, context),
  withdrawn,
})
namesNobody({ withdrawn })

describe('an alert', () => {
  it.each([
    [{}, '2 of 3 privileged accounts at Contoso are not MFA capable', 'None is unknown.'],
    [{ failing: 1, unknown: 1 }, '1 of 3 privileged accounts at Contoso is not MFA capable', '1 of 3 is unknown.'],
    [{ failing: 1, of: 1 }, '1 of 1 privileged account at Contoso is not MFA capable', 'None is unknown.'],
    [{ state: 'resolved', failing: 0 }, 'Resolved: All 3 privileged accounts at Contoso are MFA capable', 'Resolved'],
    [{ state: 'resolved', failing: 0, unknown: 2 }, 'Resolved: No privileged account at Contoso is known to lack MFA', '2 of 3 are unknown.'],
    [{ state: 'resolved', failing: 0, of: 0 }, 'Resolved: No privileged account is left at Contoso', 'Resolved'],
  ] as [Partial<AlertFacts>, string, string][])('alert %j', (more, summary, body) => {
    const card = alertCard({ ...alert, ...more }, context)
    expect(card.summary).toBe(summary)
    expect(textOf(card)).toContain(body)
    expect(textOf(card)).toContain('{{TIME(2026-11-20T10:00:00Z)}}')
    expect(textOf(card)).toContain(more.state === 'resolved' ? '"good"' : '"attention"')
  })

  it('an alert about an archived customer says so, and no numbers', () => {
    const card = alertCard({ ...alert, state: 'archived' }, context)
    expect(card.summary).toBe('No longer watched: Contoso is archived')
    expect(textOf(card)).not.toMatch(/of 3|attention|mfa Contoso/i)
  })
})

describe('the reminder of an expiring secret', () => {
  it.each([[30, 'expires in 30 days'], [1, 'expires within a day'], [0, 'has expired'], [-1, 'has expired']])('%i days before', (daysLeft, expected) =>
    says(secretExpiryCard({ ...expiry, daysLeft }, context), `The client secret of Contoso tenant ${expected}`, '{{DATE(2026-12-01T10:00:00Z, COMPACT)}}', 'Certificates & secrets'),
  )
})
