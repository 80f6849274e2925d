import { hostile, lintCards } from '../testing/cardLint.fixture.ts'
import { context, namesNobody } from '../testing/cards.fixture.ts'
import { confirmPurposeCard, confirmReadersCard, notThatCustomerCard, purposeCard } from './card.ts'

const readByAll = {
  purposeAlerts: purposeCard({ kind: 'alerts' }, context),
  purposeNothing: purposeCard({ kind: 'nothing' }, context),
  confirmPurpose: confirmPurposeCard({ kind: 'customer', yes: 'yes, this channel is for customer 6b0d4495deda0db3e346ceed' }, context),
  confirmReaders: confirmReadersCard('Nobody knows.', context),
}

lintCards({ ...readByAll, purposeCustomer: purposeCard({ kind: 'customer', name: hostile }, context), notThatCustomer: notThatCustomerCard(context) })
namesNobody(readByAll)
