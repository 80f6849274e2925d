import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { grammar } from '../subjects.ts'
import { understand } from '../testing/questions.fixture.ts'
import type { Form, Intent } from './intent.ts'
import type { Candidate } from './nameForms.ts'
import { toPlain } from './words.ts'

const customer = (name: string, domain: string, aliases: string[] = []): Candidate => ({ id: name, name, aliases, domains: [domain] })

const customers: Candidate[] = [
  customer('Contoso', 'contoso.com'),
  customer('Contoso Pharma', 'contosopharma.com', ['CP Labs']),
  customer('Fabrikam Inc.', 'fabrikam.com'),
  customer('Northwind Traders', 'northwindtraders.com'),
  customer('Adventure Works', 'adventure-works.com'),
  customer('Tailspin Toys', 'tailspintoys.com'),
  customer('Alpine Ski House', 'alpineskihouse.com'),
  customer('A. Datum', 'adatum.com'),
  customer('Wingtip', 'wingtiptoys.com'),
  customer('Woodgrove Bank', 'woodgrovebank.com'),
  customer('Admin Partners', 'adminpartners.example'),
  customer('March Consulting', 'marchconsulting.example'),
  customer('May Industries', 'mayindustries.example'),
  customer('MFA Ltd', 'mfa-ltd.example'),
  customer('Müller & Söhne GmbH', 'mueller-soehne.example'),
  customer('L’Épicerie du Coin', 'epicerie.example'),
  customer('Señor Café', 'senorcafe.example'),
  customer('The Phone Company', 'thephone-company.com'),
]

/** An intent in short: `in Contoso`, `mfa ? Contoso | Contoso Pharma`, `mfa - nobody`, `any …` when no customer is named. */
function short(intent: Intent): string {
  if (intent.kind === 'unknown') return intent.customer === null ? 'unknown' : `unknown ${intent.customer.name}`
  if (intent.kind !== 'ask') return intent.kind
  const { kind, side } = intent.form as Form & { side?: string }
  const what = kind === 'lastEmail' ? String(side) : kind
  const meant = intent.customer
  if (meant.kind === 'found') return `${what} ${meant.customer.name}`
  if (meant.kind === 'choose') return `${what} ? ${meant.choices.map(({ name }) => name).join(' | ')}`
  if (meant.kind === 'all') return `${what} *`
  return meant.kind === 'none' ? `${what} - ${meant.typed}` : `${what} …`
}

const table: Record<string, string[]> = {
  'in Contoso': [
    'last email from Contoso', 'last mail from contoso', 'latest message from CONTOSO', 'newest e-mail from Contoso', 'last e mail from contoso',
    'most recent email from Contoso', 'the last email from Contoso please', 'show me the last email from contoso', "what's the latest mail from contoso?",
    'what was the last message from Contoso?', 'can you show me the newest email from contoso', 'last received email from contoso',
    'from contoso the last mail', 'from Contoso: latest message', "Contoso's last mail", 'Contoso’s latest email', "show contoso's last message",
    'last email by contoso', 'last email sent by Contoso', 'email from contoso', 'mail from contoso latest', 'mail latest from contoso', 'last email from "Contoso"',
    'last email from “Contoso”', 'last email from contoso.com', 'last email from @contoso.com', 'last email from https://contoso.com/', 'last email from eu.contoso.com',
    'LAST EMAIL FROM CONTOSO!!!', 'last  email \t from\ncontoso', 'last\u00a0email\u00a0from\u00a0Contoso', 'last email from Contoso 🙏', '📧 last email from contoso',
    'last email from con\u200btoso', 'hi, last email from contoso', 'hey there last email from contoso thanks', 'last email from customer contoso',
    'last email we got from contoso', 'do we have a last email from contoso', 'last email from (contoso)', 'ｌａｓｔ ｅｍａｉｌ ｆｒｏｍ ｃｏｎｔｏｓｏ', 'latest from contoso by mail',
  ],
  'any Contoso': [
    'last email with Contoso', 'last email of contoso', 'last email contoso', 'contoso last email', 'contoso latest mail', 'mail contoso', 'contoso email',
    'newest message with contoso', 'last mail Contoso pls', 'contoso: last message', 'mail last contoso',
  ],
  'out Contoso': ['last email to Contoso', 'last mail we sent to contoso', 'newest message to contoso'],
  'in Contoso Pharma': [
    'last email from Contoso Pharma', 'last email from contosopharma', 'last email from contosopharma.com', 'last mail from CP Labs', 'last mail from cplabs',
    'last email from contoso ph', "contoso pharma's last email",
  ],
  'mfa Contoso': [
    'mfa Contoso', 'MFA contoso', 'mfa status Contoso', 'mfa status of contoso', 'mfa for contoso', 'mfa at contoso', 'contoso mfa', 'contoso mfa status', "contoso's mfa",
    "what's the mfa posture of contoso?", 'mfa coverage for contoso', '2fa contoso', 'multi-factor contoso', 'multi factor authentication contoso',
    'multifactor authentication status for contoso', 'two-factor contoso', 'two factor at contoso', 'show mfa contoso', 'how is mfa at contoso', 'mfa report contoso please',
    'mfa contoso.com', 'mfa “contoso”', 'mfa: contoso', 'mfa/contoso', 'mfa contoso 😀', 'mfa&nbsp;contoso', 'hello, mfa contoso', 'mfa posture contoso',
    'mfa registration status contoso',
  ],
  'mfa Contoso Pharma': ['mfa contoso pharma', 'mfa cp labs', 'contoso pharma mfa', 'mfa "Contoso Pharma"'],
  'in Fabrikam Inc.': ['last email from Fabrikam Inc.', 'last email from fabrikam', 'last email from Fabrikam, Inc', 'latest mail from fabrikam inc', 'last email from fabrikam.com', 'last email from fabri'],
  'mfa Fabrikam Inc.': ['mfa fabrikam', 'fabrikam inc. mfa', 'mfa fabrikam corp'],
  'mfa Northwind Traders': ['mfa northwind traders', 'mfa northwind', 'mfa northwindtraders', 'mfa nt', 'mfa north', 'mfa Northwind-Traders'],
  'mfa Adventure Works': ['mfa adventure works', 'mfa adventureworks', 'mfa adventure-works.com', 'mfa adventure', 'mfa aw'],
  'in Alpine Ski House': ['last email from alpine ski house', 'last email from ash', 'last mail from alpine', 'last mail from Alpine-Ski-House'],
  'mfa A. Datum': ['mfa A. Datum', 'mfa a datum', 'mfa adatum', 'mfa adatum.com'],
  'mfa Tailspin Toys': ['mfa tailspin toys', 'mfa tail spin toys', 'mfa tailspin', 'tailspin toys mfa'],
  'mfa Wingtip': ['mfa wingtip', 'mfa wingtiptoys.com', 'mfa wingtiptoys'],
  'in Woodgrove Bank': ['last email from woodgrove bank', 'last email from woodgrov', 'last email from wb'],
  'mfa Admin Partners': ['mfa Admin Partners', 'mfa admin partners', 'mfa admin', 'Admin Partners mfa'],
  'in Admin Partners': ['last email from Admin Partners', "Admin Partners' last email"],
  'in March Consulting': ['last email from March Consulting', 'latest mail from march consulting', 'last mail from march'],
  'mfa March Consulting': ['mfa march consulting', 'march consulting mfa status'],
  'in May Industries': ['last email from May Industries', 'May Industries’ last mail'],
  'mfa May Industries': ['mfa may industries', 'mfa status for May Industries'],
  'in MFA Ltd': ['last email from MFA Ltd', 'last mail from mfa ltd.', "MFA Ltd's last email", 'last email from MFA', 'newest message from MFA Ltd'],
  'any MFA Ltd': ['last email MFA Ltd', 'MFA Ltd last email'],
  'mfa MFA Ltd': ['mfa MFA Ltd', 'mfa status of MFA Ltd', 'mfa for mfa', 'MFA Ltd mfa'],
  'unknown MFA Ltd': ['MFA Ltd', 'mfa ltd.', 'MFA Ltd?'],
  'in Müller & Söhne GmbH': [
    'last email from Müller & Söhne GmbH', 'last email from müller söhne', 'last email from Mueller & Soehne', 'last email from muller sohne', 'last email from Müller und Söhne',
    'last email from mueller', 'last email from MÜLLER',
  ],
  'mfa L’Épicerie du Coin': ["mfa L'Épicerie du Coin", 'mfa l’épicerie du coin', 'mfa lepicerie du coin', 'mfa lépicerie', 'mfa epicerie.example'],
  'mfa Señor Café': ['mfa Señor Café', 'mfa senor cafe', 'mfa senor café'],
  'in The Phone Company': ['last email from The Phone Company', 'last email from Phone Company', 'last email from the phone'],
  // never decided for the person
  'in ? Contoso | Contoso Pharma': [
    'last email from contso', 'last mail from contso', 'last email from contosso', 'last mail from cotnoso', 'last mail from contoos', 'last email from cont', 'last email from conto',
  ],
  'mfa ? Contoso | Contoso Pharma': ['mfa contso', 'contso mfa'],
  'mfa ? Contoso': ['mfa contoso electronics'],
  'mfa ? Fabrikam Inc.': ['mfa fabricam', 'mfa fabrkiam', 'mfa farbikam inc', 'fabricam mfa status'],
  'mfa ? Northwind Traders': ['mfa northwnd', 'mfa nortwind', 'mfa northwnd tradrs', 'mfa traders'],
  'mfa ? Woodgrove Bank': ['mfa woodgruve', 'mfa bank', 'mfa woodgrve bank'],
  'mfa ? A. Datum': ['mfa datum'],
  'mfa ? Tailspin Toys': ['mfa toys', 'mfa tailspim'],
  'mfa ? Wingtip': ['mfa wingtpi', 'mfa wngtip'],
  'in ? Müller & Söhne GmbH': ['last email from Muellr', 'last mail from söhne'],
  // nobody that the person may see
  'mfa - litware': ['mfa litware', 'mfa for Litware', 'litware mfa'],
  'in - litware': ['last email from litware', 'last email from Litware?'],
  'in - notcontoso.com': ['last email from notcontoso.com'],
  'in - contoso.com.evil.example': ['last email from contoso.com.evil.example'],
  'mfa - xyz': ['mfa xyz'],
  'mfa - bnk': ['mfa bnk'],
  'in …': ['last email from', 'last email from?', 'show me the last email from', 'latest mail from the'],
  'any …': ['last email', 'latest message please', 'email'],
  'mfa …': ['mfa', 'MFA?', 'mfa status', 'show me mfa', '2fa', 'multi factor authentication'],
  help: ['help', 'Help!', 'HELP', 'help me', 'please help', 'commands', 'what can you do?', 'how does this work', 'help please 🙏', 'hilfe', 'MSP help', 'show commands', 'what can you do for contoso'],
  greeting: ['hi', 'Hello', 'hey', 'HEY!', 'hello there', 'hi bot', 'hi Outpost', 'good morning', 'Good afternoon!', 'Hallo', 'bonjour', 'moin', 'hello 👋', '👋', '', '   ', '???'],
  unknown: [
    'asdf qwer', 'what is the weather', '42', 'tomorrow at 3pm', 'Q1', 'since Monday', 'between 3 and 7 march', '<script>alert(1)</script>', '__proto__',
    'constructor', 'secure score', 'sudo rm', 'lorem ipsum dolor',
  ],
  'unknown Contoso': ['contoso', 'Contoso?', 'tell me contoso'],
  'emails Contoso': ['emails from contoso', 'last emails from contoso', 'newest emails from contoso', 'recent mails from contoso'],
  'emails …': ['emails in the past month'],
  'unknown Fabrikam Inc.': ['fabrikam'],
  'emails Fabrikam Inc.': ['messages from fabrikam'],
  'unknown Admin Partners': ['Admin Partners'],
}

describe('what people type', () => {
  const rows = Object.entries(table).flatMap(([expected, typed]) => typed.map((text) => [text, expected] as const))
  it('is a table of some size', () => expect(rows.length).toBeGreaterThan(220))
  it.each(rows)('%j means %s', (text, expected) => expect(short(understand(toPlain(text), customers))).toBe(expected))
})

describe('mentions', () => {
  it.each([
    ['<at>Hub</at>&nbsp;mfa contoso', 'mfa Contoso'],
    ['<at>Hub</at> mfa <at>Hub</at> contoso', 'mfa Contoso'],
    ['<at>Hub</at>', 'greeting'],
    ['<at>MSP</at> <at>Hub</at> help', 'help'],
    ['<at>Hub</at>last email from Contoso', 'in Contoso'],
    ['<p><at>Hub</at> last email from <b>Contoso</b></p>', 'in Contoso'],
    ['<at>Hub</at> last email from &quot;Contoso&quot;', 'in Contoso'],
    ['<at>Hub</at> last email from M&uuml;ller', 'in - m&uuml ller'],
    ['<at>Hub</at> last email from M&#252;ller', 'in Müller & Söhne GmbH'],
  ])('%j means %s', (text, expected) => {
    expect(short(understand(toPlain(text, ['<at>Hub</at>']), customers))).toBe(expected)
  })
})

describe('customers that a person may not see', () => {
  const visible = customers.filter(({ name }) => name !== 'Fabrikam Inc.')
  it('are answered like customers that do not exist', () => {
    expect(short(understand('mfa fabrikam', visible))).toBe('mfa - fabrikam')
    expect(short(understand('mfa litware', visible))).toBe('mfa - litware')
    expect(short(understand('fabrikam', visible))).toBe('unknown')
  })
})

describe('two customers of one name', () => {
  const twins = [...customers, { id: 'second', name: 'Contoso', aliases: [], domains: ['contoso.example'] }]
  it('are never decided between, unless by domain', () => {
    expect(short(understand('mfa contoso', twins))).toBe('mfa ? Contoso | Contoso')
    expect(understand('mfa contoso.example', twins)).toMatchObject({ customer: { kind: 'found', customer: { id: 'second' } } })
  })
})

describe('commands', () => {
  it.each(grammar.commands.map(({ title, example, intent }) => [title, example, intent] as const))('%s', (title, example, intent) => {
    const kindOf = (one: Intent) => (one.kind === 'ask' ? one.form.kind : one.kind)
    expect(kindOf(understand(title, customers))).toBe(intent)
    const meant = understand(example, customers)
    expect(kindOf(meant)).toBe(intent)
    if (meant.kind === 'ask') expect(meant.customer).toMatchObject({ kind: intent === 'syncStatus' ? 'all' : 'found' })
  })
})

describe('always', () => {
  const bits = fc.constantFrom(
    'last', 'email', 'emails', 'from', 'mfa', 'contoso', 'contso', 'fabrikam', '<at>', '</at>', '&nbsp;', '&#x110000;', '&#0;', "'s", 'e', 'ß', '\u0000', '😀', 'help', 'hi', ' ', 'ltd', '@', '.', 'multi', 'factor',
  )
  const typed = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.oneof(bits, fc.string({ maxLength: 8 })), { maxLength: 60 }).map((parts) => parts.join(' ')))
  const allowed = fc.uniqueArray(
    fc.record({ id: fc.uuid(), name: fc.oneof(fc.string({ maxLength: 20 }), bits), aliases: fc.array(fc.string({ maxLength: 8 }), { maxLength: 2 }), domains: fc.array(fc.domain(), { maxLength: 2 }) }),
    { selector: ({ id }) => id, maxLength: 6 },
  )

  it('answers something, and only with customers that were allowed', () => {
    fc.assert(
      fc.property(typed, allowed, (text, list) => {
        const intent = understand(toPlain(text, ['<at>Hub</at>']), list)
        if (intent.kind === 'unknown' && intent.customer !== null) expect(list).toContain(intent.customer)
        if (intent.kind === 'ask') {
          if (intent.customer.kind === 'found') expect(list).toContain(intent.customer.customer)
          if (intent.customer.kind === 'choose') for (const choice of intent.customer.choices) expect(list).toContain(choice)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('finds each customer by its full name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...customers), fc.constantFrom('last email from ', 'mfa '), ({ id, name }, command) => {
        expect(understand(toPlain(command + name), customers)).toMatchObject({ customer: { kind: 'found', customer: { id } } })
      }),
    )
  })

  it('stays quick with the longest question among 500 customers', () => {
    const many = Array.from({ length: 500 }, (_, index) => customer(`Customer ${String(index)} Example Works`, `c${String(index)}.example`))
    const plain = toPlain('last email from ' + 'exampel wroks mfa '.repeat(200))
    understand(plain, many)
    const start = performance.now()
    understand(plain, many)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
