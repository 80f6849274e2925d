// Answers of the other subjects, and questions that lean on the one before.
import { describe, expect, it } from 'vitest'
import { AppError } from '../../api/errors.ts'
import { useAsking } from '../testing/asking.fixture.ts'

const { state, ask } = useAsking()

describe('the others', () => {
  it.each([
    ['licences Contoso', ['licences contoso'], '5 of 5 used'],
    ['admins at Contoso', ['posture contoso'], 'Robin Sample'],
    ['who has no mfa at Contoso', ['lacking contoso 10'], 'Not MFA capable (12): Robin Sample (privileged) and 11 more in Outpost'],
    ['posture of Contoso', ['posture contoso'], '3 of 5 (60 %)'],
    ['posture', ['security'], 'worst first'],
    ['mfa for all customers', ['security'], 'worst first'],
    ['who has no mfa anywhere', ['security'], 'worst first'],
    ['sync status', ['sync'], 'robin@msp.example'],
  ])('%s', async (text, questions, part) => {
    expect(await ask(text)).toContain(part)
    expect(state.asked).toEqual(questions)
  })
  it('sync status leads administrators to the integrations', async () => {
    expect(await ask('sync status')).not.toContain('subEntityId%22%3A%22admin')
    state.actor = { ...state.actor, role: 'admin' }
    expect(await ask('sync status')).toContain('subEntityId%22%3A%22admin')
  })
  it('an error of Query is told in its words', async () => {
    state.gone = ['contoso']
    expect(await ask('next meeting with contoso')).toBe(JSON.stringify(new AppError('notFound').message))
  })
})

describe('follow-ups', () => {
  it('go on with the customer, then with another, and say so', async () => {
    await ask('mfa Contoso')
    expect(await ask('and meetings?')).toContain('Contoso, from your last question · meetings')
    expect(await ask('and licences?')).toContain('Contoso, from your last question · licences')
    expect(await ask('what about Fabrikam?')).toMatch(/Licences of Fabrikam Inc\..*as in your last question/)
    expect(await ask('and mfa?')).toContain('Fabrikam Inc., from your last question')
    expect(state.talk).toEqual({ customerId: 'fabrikam', topic: 'mfa', range: null })
  })
  it('keep the customer over a question about all', async () => {
    await ask('mfa Contoso')
    await ask('posture')
    expect(state.talk).toEqual({ customerId: 'contoso', topic: 'posture', range: null })
    await ask('help')
    await ask('mfa litware')
    expect(state.talk).toEqual({ customerId: 'contoso', topic: 'posture', range: null })
  })
  it('are of the same person only', async () => {
    await ask('mfa Contoso')
    expect(await ask('and licences?', 'personal', { user: { aadObjectId: 'somebody else', tenantId: 't', mri: '29:x', name: 'X' } })).toContain('Which customer?')
  })
})
