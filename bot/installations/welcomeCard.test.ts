import { grammar } from '../subjects.ts'
import { lintCards } from '../testing/cardLint.fixture.ts'
import { context, namesNobody } from '../testing/cards.fixture.ts'
import { welcomeCard } from './welcomeCard.ts'

const { commands } = grammar
const welcomeInChannel = welcomeCard({ scope: 'channel', commands }, context)

lintCards({ welcomeInChannel, welcome: welcomeCard({ scope: 'personal', commands }, context) })
namesNobody({ welcomeInChannel })
