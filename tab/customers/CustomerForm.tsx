import { Field, Input } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { asWritten } from '../../api/asWritten.ts'
import type { Customer, CustomerInput } from '../../api/customers/model.ts'
import { useChange } from '../client/change.ts'
import { Form, FormButtons, FormState } from '../parts/Form.tsx'
import { Meanwhile } from '../parts/Meanwhile.tsx'
import { problemAt } from '../parts/problems.ts'
import { addCustomer, changeCustomer } from './requests.ts'
import { domainsIn } from './typedDomains.ts'

/** What is offered beside the field for domains. `typed` are those in it, `add` puts another one there. */
export type DomainOffer = (typed: readonly string[], add: (domain: string) => void) => ReactNode

export interface CustomerFormProps {
  /** Null for a new one. */
  customer: Customer | null
  offer: DomainOffer
  onSaved: (saved: Customer) => void
  onCancel: () => void
}

/** What the fields hold. */
interface Texts {
  name: string
  aliases: string
  domains: string
}

const textsOf = (customer: Customer | null): Texts => ({ name: customer?.name ?? '', aliases: customer?.aliases.join(', ') ?? '', domains: customer?.domains.join(', ') ?? '' })
const same = (one: Texts, other: Texts) => one.name === other.name && one.aliases === other.aliases && one.domains === other.domains
/** What the person has changed stays; the rest is as it is now. */
const merged = (typed: Texts, was: Texts, now: Texts): Texts => ({
  name: typed.name === was.name ? now.name : typed.name,
  aliases: typed.aliases === was.aliases ? now.aliases : typed.aliases,
  domains: typed.domains === was.domains ? now.domains : typed.domains,
})

/** Adds a customer, or changes `customer`'s name, aliases and domains. Refusals show at their fields, with the reason. */
export function CustomerForm({ customer, offer, onSaved, onCancel }: CustomerFormProps) {
  const [texts, setTexts] = useState(textsOf(customer))
  const { save, known, meanwhile, error } = useChange({
    of: customer,
    send: (input: CustomerInput, known) => (known === null ? addCustomer(input) : changeCustomer(known.id, { ...input, revision: known.revision })),
    onSuccess: onSaved,
    onOutdated: (now, was) => setTexts((texts) => merged(texts, textsOf(was), textsOf(now))),
  })
  const change = (part: Partial<Texts>) => setTexts((before) => ({ ...before, ...part }))
  const { name, aliases, domains } = texts
  const typed = domainsIn(domains)
  const read = typed.map(asWritten).filter((shown, n) => shown !== typed[n])
  const hint = `Email domains, separated by commas. Their sub-domains are included.${read.length === 0 ? '' : ` People read: ${read.join(', ')}.`}`
  const input = { name, aliases: aliases.split(/[,;\n]+/).map((alias) => alias.trim()).filter((alias) => alias !== ''), domains: typed }
  const problem = (field: string) => problemAt(field, save.error?.problems)
  return (
    <Form title={customer === null ? 'Add a customer' : `Edit ${customer.name}`} busy={save.isPending} changed={!same(texts, textsOf(known))} onSubmit={() => save.mutate(input)}>
      <Field label="Name" required {...problem('name')}>
        <Input value={name} autoComplete="off" onChange={(_, { value }) => change({ name: value })} />
      </Field>
      <Field label="Aliases" hint="Other names that people use in chat, separated by commas." {...problem('aliases')}>
        <Input value={aliases} autoComplete="off" onChange={(_, { value }) => change({ aliases: value })} />
      </Field>
      <Field label="Domains" hint={hint} {...problem('domains')}>
        <Input value={domains} autoComplete="off" spellCheck={false} onChange={(_, { value }) => change({ domains: value })} />
      </Field>
      {offer(typed, (domain) => change({ domains: [...typed, domain].join(', ') }))}
      <FormState error={error} />
      {meanwhile !== null && (
        <Meanwhile
          noun="customer"
          facts={[
            ['Name', meanwhile.name],
            ['Aliases', meanwhile.aliases.join(', ')],
            ['Domains', meanwhile.domains.map(asWritten).join(', ')],
            ...(meanwhile.archived === customer?.archived ? [] : [['State', meanwhile.archived ? 'archived' : 'restored'] as const]),
          ]}
          onSave={() => save.mutate(input)}
          onTake={() => {
            setTexts(textsOf(meanwhile))
            save.reset()
          }}
        />
      )}
      <FormButtons busy={save.isPending} incomplete={meanwhile !== null} submit="Save" submitting="Saving …" onCancel={onCancel} />
    </Form>
  )
}
