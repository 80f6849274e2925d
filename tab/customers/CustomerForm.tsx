import { Field, Input } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { useMutation } from '@tanstack/react-query'
import type { Customer, CustomerInput } from '../../api/customers/model.ts'
import { Form, FormButtons, FormState } from '../parts/Form.tsx'
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

/** Adds a customer, or changes `customer`'s name, aliases and domains. Refusals show at their fields, with the reason. */
export function CustomerForm({ customer, offer, onSaved, onCancel }: CustomerFormProps) {
  const [name, setName] = useState(customer?.name ?? '')
  const [aliases, setAliases] = useState(customer?.aliases.join(', ') ?? '')
  const [domains, setDomains] = useState(customer?.domains.join(', ') ?? '')
  // As it was when the form was opened: a change that somebody else makes meanwhile is not undone in silence.
  const [before] = useState(customer)
  const save = useMutation({
    mutationFn: (input: CustomerInput) =>
      before === null ? addCustomer(input) : changeCustomer(before.id, { ...input, before: { name: before.name, aliases: before.aliases, domains: before.domains } }),
    onSuccess: onSaved,
  })
  const typed = domainsIn(domains)
  const input = { name, aliases: aliases.split(/[,;\n]+/).map((alias) => alias.trim()).filter((alias) => alias !== ''), domains: typed }
  const problem = (field: string) => problemAt(field, save.error?.problems)
  return (
    <Form title={customer === null ? 'Add a customer' : `Edit ${customer.name}`} busy={save.isPending} onSubmit={() => save.mutate(input)}>
      <Field label="Name" required {...problem('name')}>
        <Input value={name} autoComplete="off" onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field label="Aliases" hint="Other names that people use in chat, separated by commas." {...problem('aliases')}>
        <Input value={aliases} autoComplete="off" onChange={(_, { value }) => setAliases(value)} />
      </Field>
      <Field label="Domains" hint="Email domains, separated by commas. Their sub-domains are included." {...problem('domains')}>
        <Input value={domains} autoComplete="off" spellCheck={false} onChange={(_, { value }) => setDomains(value)} />
      </Field>
      {offer(typed, (domain) => setDomains([...typed, domain].join(', ')))}
      <FormState error={save.error} />
      <FormButtons busy={save.isPending} submit="Save" submitting="Saving …" onCancel={onCancel} />
    </Form>
  )
}
