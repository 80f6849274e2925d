// The customers, by the names that Microsoft gives to companies that do not exist.

interface Company { name: string; aliases: readonly string[]; domains: readonly [string, ...string[]]; sub: string }

const CUSTOMERS: readonly Company[] = [
  { name: 'Contoso', aliases: ['Contoso Ltd', 'Contoso Limited'], domains: ['contoso.com', 'contoso.onmicrosoft.com'], sub: 'eu.contoso.com' },
  {
    name: 'Fabrikam', aliases: ['Fabrikam GmbH', 'Fabrikam München'],
    // Entra keeps an internationalised domain in its ASCII form; mail shows either form.
    domains: ['fabrikam.com', 'fabrikam.onmicrosoft.com', 'xn--fabrikam-mnchen-8vb.example'],
    sub: 'xn--fabrikam-mnchen-8vb.example',
  },
  {
    name: 'Tailspin Toys', aliases: ['Tailspin', 'Tailspin Toys Inc'],
    domains: ['tailspintoys.com', 'tailspintoys.onmicrosoft.com'], sub: 'shop.tailspintoys.com',
  },
]

const MORE_COMPANIES = [
  'Adatum', 'Alpine Ski House', 'Blue Yonder', 'City Power', 'Coho Vineyard', 'Consolidated', 'Fourth Coffee', 'Graphic Design', 'Humongous',
  'Litware', 'Lucerne', 'Margies Travel', 'Northwind', 'Relecloud', 'Southridge', 'Trey Research', 'Wide World',
] as const

/** The customer of that number, whose names, domains and a domain below one of them do not depend on the seed. */
export function company(i: number): Company {
  const known = CUSTOMERS[i]
  if (known) return known
  const name = MORE_COMPANIES[(i - CUSTOMERS.length) % MORE_COMPANIES.length] as string
  const label = name.toLowerCase().replaceAll(' ', '')
  return { name, aliases: [`${name} Ltd`], domains: [`${label}.example`, `${label}.onmicrosoft.com`], sub: `eu.${label}.example` }
}
