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

describe('what was not understood', () => {
  it.each([
    ['licences of contoso last week', 'I did not use “last week” of your question.'],
    ['unread emails from contoso', 'I did not use “unread” of your question.'],
    ['mfa contoso, my printer burns', 'I did not use “printer”, “burns” of your question.'],
  ])('%s: it is answered, and said what was not used', async (text, note) => {
    expect(await ask(text)).toContain(note)
    expect(state.asked.length).toBeGreaterThan(0)
  })
  it.each([
    ['mfa of all customers except contoso', 'I cannot leave anything out', ['mfa for all customers']],
    ['emails from contoso but not from alex', 'I cannot leave anything out', ['emails from Contoso']],
    ['everything from contoso except the invoices', 'I cannot leave anything out', ['emails from Contoso']],
    ['last email from alex at contoso', 'I know no “alex” there', ['last email from Contoso']],
    ['mfa for robin at contoso', 'I did not understand “robin”', ['mfa Contoso']],
    ['mfa and licences of contoso', 'One question at a time', ['mfa Contoso', 'licences Contoso']],
  ])('%s: it is asked back, and nothing is looked for', async (text, head, ways) => {
    const card = await ask(text)
    expect(card).toContain(head)
    for (const way of ways) expect(card).toContain(`"text":"${way}"`)
    expect(state.asked.filter((asked) => !asked.startsWith('people'))).toEqual([])
  })
  it('somebody known, but at another customer, is nobody there', async () => {
    state.people = [{ name: 'Kim Kettle', address: 'kim@contoso.com', customerId: 'contoso' }]
    expect(await ask('last email from kim at fabrikam')).toContain('I know no “kim” there')
    expect(await ask('last email from kim at litware')).toContain('I know no such customer')
    expect(await ask('last email from kim at contoso')).toContain('only kim@contoso.com')
  })
  it.each(['mfa litware as contoso', 'mails from litware about contoso', 'is litware better protected than contoso', 'licences of contoso and litware', 'emails from litware last week'])('%s: of a customer that is not known nothing is said of the other', async (text) => {
    await ask('emails from contoso')
    state.asked = []
    expect(await ask(text)).toContain('There is none called “litware” that you may see')
    expect(state.asked.filter((asked) => !asked.startsWith('people'))).toEqual([])
  })
  it.each([
    ['email contoso that we are late', 'Mail is written and sorted in Outlook.'],
    ['tell alex we are late', 'Mail is written and sorted in Outlook.'],
    ['move the meeting with contoso', 'Meetings are made and changed in the calendar'],
    ['enforce mfa for contoso', 'Entra admin center'],
    ['kick off a sync for contoso', '“Sync now” beside the tenant'],
    ['export the posture of contoso', '“Export CSV”'],
    ['assign an E3 to marl umber', 'Entra admin center'],
    ['resync contoso', '“Sync now” beside the tenant'],
    ['delete contoso', 'under Admin'],
  ])('%s: it says that it only reads, and where that is done', async (text, where) => {
    const said = await ask(text)
    expect(said).toContain('I only read')
    expect(said).toContain(where)
  })
})

describe('follow-ups', () => {
  it.each(['fabrikam', 'litware'])('with a time and a name are about that one and no other: %s', async (name) => {
    await ask('emails from contoso')
    const card = await ask(`${name} last week`)
    expect(card).not.toContain('Contoso')
    expect(card).toContain(name === 'litware' ? 'I know no such customer' : 'Emails from Fabrikam Inc.')
  })
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
