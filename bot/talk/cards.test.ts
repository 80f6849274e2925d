import { expect, it } from 'vitest'
import { grammar } from '../subjects.ts'
import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, evil, many, namesNobody, textOf } from '../testing/cards.fixture.ts'
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
  unknown: unknownCard({ customer: null, commands, offers: [] }, context),
  unknownAbout: unknownCard({ customer: evil, commands, offers: grammar.offers(evil.name) }, context),
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
  const { actions } = unknownCard({ customer: { name: 'Contoso' }, commands, offers: grammar.offers('Contoso') }, context).content as unknown as { actions: { title: string; data: { msteams: { text: string } } }[] }
  expect(actions.map(({ title, data }) => [title, data.msteams.text])).toEqual([
    ['Last email', 'last email from Contoso'], ['Next meeting', 'next meeting with Contoso'], ['MFA', 'mfa Contoso'], ['Posture', 'posture of Contoso'], ['Licences', 'licences Contoso'], ['Help', 'help'],
  ])
})

it('lists every command in help', () => {
  for (const { example, description } of commands) {
    expect(textOf(helpCard({ personal: true, commands }, context))).toContain(example)
    expect(textOf(helpCard({ personal: true, commands }, context))).toContain(description)
  }
})
