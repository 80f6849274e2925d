import { Button, Field, MessageBar, MessageBarBody, Radio, RadioGroup, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { Channel, ChannelRole } from '../../api/model/channel.ts'
import type { CustomerRow } from '../../api/model/customer.ts'
import { api } from '../client/api.ts'
import { asRequestFailed, type RequestFailed } from '../client/request.ts'
import { channelName } from './channelWords.ts'
import { FormHeading } from '../parts/FormHeading.tsx'
import { useFormStyles } from '../parts/formStyles.ts'

type Kind = ChannelRole['kind'] | 'nothing'

interface ChannelFormProps {
  channel: Channel
  customers: readonly CustomerRow[]
  onSaved: (saved: Channel) => void
  onCancel: () => void
}

/** Says what a channel is for. Where nobody can tell who reads there, it asks the administrator to answer for it. */
export function ChannelForm({ channel, customers, onSaved, onCancel }: ChannelFormProps) {
  const form = useFormStyles()
  const [kind, setKind] = useState<Kind>(channel.role?.kind ?? 'nothing')
  const [customerId, setCustomerId] = useState(channel.role?.kind === 'customer' ? channel.role.customerId : '')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<RequestFailed | null>(null)
  const unknownReaders = error?.code === 'readersUnknown'
  const choose = (change: () => void) => {
    setError(null)
    change()
  }

  const save = () => {
    setBusy(true)
    setError(null)
    const role: ChannelRole | null = kind === 'nothing' ? null : kind === 'alerts' ? { kind } : { kind, customerId }
    api.changeChannel(channel.id, { role, confirmed: unknownReaders }).then(onSaved, (thrown: unknown) => {
      setError(asRequestFailed(thrown))
      setBusy(false)
    })
  }

  const title = `What is ${channelName(channel)} for?`
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
      <Field label="Purpose" hint="Everybody who reads in the channel reads what is posted there, guests too.">
        <RadioGroup value={kind} onChange={(_, { value }) => choose(() => setKind(value as Kind))}>
          <Radio value="nothing" label="Nothing: no card is posted and no customer is named" />
          <Radio value="customer" label="One customer: its alerts alone, and “mfa” needs no name" />
          <Radio value="alerts" label="Our team’s alerts: a card for every customer, with counts; not where guests read" />
        </RadioGroup>
      </Field>
      {kind === 'customer' && (
        <Field label="Customer" required>
          <Select className={form.choice} select={{ className: form.choice }} value={customerId} onChange={(_, { value }) => choose(() => setCustomerId(value))}>
            <option value="">Choose a customer</option>
            {customers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <div role="status">
        {error !== null && (
          <MessageBar intent={unknownReaders ? 'warning' : 'error'} layout="multiline">
            <MessageBarBody>{error.message}</MessageBarBody>
          </MessageBar>
        )}
      </div>
      <div className={form.buttons}>
        <Button type="submit" appearance="primary" disabledFocusable={busy || (kind === 'customer' && customerId === '')}>
          {busy ? 'Saving …' : unknownReaders ? 'I have checked, save' : 'Save'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}
