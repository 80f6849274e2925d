import { Button, Field, Input, MessageBar, MessageBarBody, Text, makeStyles, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Customer } from '../../api/model/customer.ts'
import { api } from '../client/api.ts'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { FormHeading } from '../parts/FormHeading.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import { useLoaded } from '../client/loading.ts'
import { problemAt } from '../parts/problems.ts'
import { domainsIn, suggestedDomains } from '../tenants/suggestedDomains.ts'

const useStyles = makeStyles({
  suggestions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, alignItems: 'center' },
})

/** Domains of connected tenants that no customer has; none while they load or when they cannot be had, for they only save typing. */
function useSuggestions(): string[] {
  const { value } = useLoaded('suggestions', async () => {
    const [tenants, living, archived] = await Promise.all([api.tenants(), api.everyCustomer(false), api.everyCustomer(true)])
    return suggestedDomains(tenants.items, [...living, ...archived])
  })
  return value ?? []
}

/** Adds a customer, or changes `customer`'s name, aliases and domains. Refusals show at their fields, with the reason. */
export function CustomerForm({ customer, onSaved, onCancel }: { customer: Customer | null; onSaved: (saved: Customer) => void; onCancel: () => void }) {
  const styles = useStyles()
  const form = useFormStyles()
  const [name, setName] = useState(customer?.name ?? '')
  const [aliases, setAliases] = useState(customer?.aliases.join(', ') ?? '')
  const [domains, setDomains] = useState(customer?.domains.join(', ') ?? '')
  // As it was when the form was opened: a change that somebody else makes meanwhile is not undone in silence.
  const [before] = useState(() => (customer === null ? undefined : { name: customer.name, aliases: customer.aliases, domains: customer.domains }))
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<RequestFailed | null>(null)
  const typed = domainsIn(domains)
  const suggestions = useSuggestions().filter((domain) => !typed.includes(domain))

  const problem = (field: string) => problemAt(field, error?.problems)

  const save = () => {
    setBusy(true)
    setError(null)
    const input = { name, aliases: aliases.split(/[,;\n]+/).map((alias) => alias.trim()).filter((alias) => alias !== ''), domains: typed }
    const saved = customer === null ? api.addCustomer(input) : api.changeCustomer(customer.id, before === undefined ? input : { ...input, before })
    saved.then(onSaved, (thrown: unknown) => {
      setError(asRequestFailed(thrown))
      setBusy(false)
    })
  }

  const title = customer === null ? 'Add a customer' : `Edit ${customer.name}`
  return (
    <form
      className={form.form}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) save()
      }}
    >
      <FormHeading>{title}</FormHeading>
      <Field label="Name" required {...problem('name')}>
        <Input value={name} autoComplete="off" onChange={(_, { value }) => setName(value)} />
      </Field>
      <Field label="Aliases" hint="Other names that people use in chat, separated by commas." {...problem('aliases')}>
        <Input value={aliases} autoComplete="off" onChange={(_, { value }) => setAliases(value)} />
      </Field>
      <Field label="Domains" hint="Email domains, separated by commas. Their sub-domains are included." {...problem('domains')}>
        <Input value={domains} autoComplete="off" spellCheck={false} onChange={(_, { value }) => setDomains(value)} />
      </Field>
      {suggestions.length > 0 && (
        <div className={styles.suggestions} role="group" aria-label="Suggested domains">
          <Text size={200}>Verified in connected tenants:</Text>
          {suggestions.map((domain) => (
            <Button key={domain} size="small" icon={<AddRegular />} aria-label={`Add ${domain}`} onClick={() => setDomains([...typed, domain].join(', '))}>
              {domain}
            </Button>
          ))}
        </div>
      )}
      <div role="status">
        {error !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{error.message}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <div className={form.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy}>
          {busy ? 'Saving …' : 'Save'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
