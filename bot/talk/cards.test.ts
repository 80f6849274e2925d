import { expect, it } from 'vitest'
import { grammar } from '../subjects.ts'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, evil, many, namesNobody, textOf } from '../testing/cards.fixture.ts'
import { understand } from '../testing/questions.fixture.ts'
import { chooseCard, couldNotWriteCard, greetingCard, helpCard, missingCustomerCard, noCustomerCard, unknownCard, wroteToYouCard } from './cards.ts'

const { commands } = grammar
const readByAll = {
  helpInChannel: helpCard({ personal: false, commands }, context),
  greetingInChannel: greetingCard({ personal: false, commands }, context),
  wroteToYou: wroteToYouCard(context),
  couldNotWrite: couldNotWriteCard({ closed: true }, context),
}
const question = (name: string) => `mfa ${name}`

lintCards({
  ...readByAll,
  help: helpCard({ personal: true, commands }, context),
  greeting: greetingCard({ personal: true, commands }, context),
  choose: chooseCard({ choices: many(5, () => evil), question }),
  noCustomer: noCustomerCard(hostile, context),
  missing: missingCustomerCard({ example: 'mfa Contoso', choices: many(9, () => evil), question }, context),
  unknown: unknownCard({ customer: null, nearest: commands.slice(0, 3), offers: [] }),
  unknownAbout: unknownCard({ customer: evil, nearest: [], offers: grammar.offers(evil.name) }),
  couldNotWriteNow: couldNotWriteCard({ closed: false }, context),
})
namesNobody(readByAll)

it('asks back by domain when two customers have one name', () => {
  const card = textOf(chooseCard({ choices: [{ name: 'Contoso', domains: ['contoso.com'] }, { name: 'Contoso', domains: ['contoso.example'] }], question }))
  expect(card).toContain('mfa contoso.com')
  expect(card).toContain('mfa contoso.example')
  expect(card).toContain('Did you mean Contoso?')
})

it('leads whoever has not added Outpost to where it is added', () => {
  expect(textOf(readByAll.couldNotWrite)).toContain('https://teams.microsoft.com/l/app/app-1')
})

it('offers what can be asked of a customer that was understood, and help', () => {
  const { actions } = unknownCard({ customer: { name: 'Contoso' }, nearest: [], offers: grammar.offers('Contoso') }).content as unknown as { actions: { title: string; data: { msteams: { text: string } } }[] }
  expect(actions.map(({ title, data }) => [title, data.msteams.text])).toEqual([
    ['Last email', 'last email from Contoso'], ['Next meeting', 'next meeting with Contoso'], ['MFA', 'mfa Contoso'], ['Posture', 'posture of Contoso'], ['Licences', 'licences Contoso'], ['Help', 'help'],
  ])
})

it('help has a button for every command, in groups, and none has a gap to fill in', () => {
  const { body } = helpCard({ personal: true, commands }, context).content as unknown as { body: { type: string; text?: string; actions?: { title: string; data: { msteams: { text: string } } }[] }[] }
  const pressed = body.flatMap(({ actions = [] }) => actions.map(({ data }) => data.msteams.text))
  expect(pressed.toSorted()).toEqual(commands.filter(({ group }) => group !== null).map(({ title }) => title).toSorted())
  for (const text of pressed) expect(understand(text, [])).toMatchObject({ kind: 'ask' })
  expect(JSON.stringify(body)).not.toMatch(/…|\.\.\./)
  expect(body.filter(({ type }) => type === 'TextBlock').map(({ text }) => text)).toEqual(expect.arrayContaining(['Mail', 'Meetings', 'Security', 'Licences and sync']))
})

it('a miss is two lines with the nearest commands', () => {
  const { body, actions } = unknownCard({ customer: null, nearest: commands.slice(0, 3), offers: [] }).content as unknown as { body: unknown[]; actions: { title: string }[] }
  expect(body).toHaveLength(2)
  expect(actions.map(({ title }) => title)).toEqual([...commands.slice(0, 3).map(({ label }) => label), 'Help'])
})

it('says who adds customers where there is none', () => {
  const card = textOf(missingCustomerCard({ example: 'mfa Contoso', choices: [], question }, context))
  expect(card).toContain('There is no customer yet')
  expect(card).toContain('An administrator adds them')
})
