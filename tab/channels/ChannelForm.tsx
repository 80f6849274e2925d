import { Field, Radio, RadioGroup, Select } from '@fluentui/react-components'
import { useState } from 'react'
import type { Channel, ChannelChange, ChannelRole } from '../../api/channels/model.ts'
import type { CustomerRow } from '../../api/overview/model.ts'
import { useChange } from '../client/change.ts'
import { Form, FormButtons, FormState } from '../parts/Form.tsx'
import { useFormStyles } from '../parts/formStyles.ts'
import { Meanwhile } from '../parts/Meanwhile.tsx'
import { channelName, purposeWords } from './channelWords.ts'
import { changeChannel } from './requests.ts'

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
  const { save, meanwhile } = useChange({
    of: channel,
    send: (change: ChannelChange, { revision }) => changeChannel(channel.id, { ...change, revision }),
    onSuccess: onSaved,
  })
  const unknownReaders = save.error?.code === 'readersUnknown'
  const role: ChannelRole | null = kind === 'nothing' ? null : kind === 'alerts' ? { kind } : { kind, customerId }
  const changed = kind !== (channel.role?.kind ?? 'nothing') || (kind === 'customer' && customerId !== (channel.role?.kind === 'customer' ? channel.role.customerId : ''))
  // What was answered for was another choice.
  const choose = (change: () => void) => {
    if (!save.isPending) save.reset()
    change()
  }
  return (
    <Form title={`What is ${channelName(channel)} for?`} busy={save.isPending} changed={changed} onSubmit={() => save.mutate({ role, confirmed: unknownReaders })}>
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
      {meanwhile !== null && (
        <Meanwhile
          noun="channel"
          facts={[['For', purposeWords(meanwhile)]]}
          onTake={() => {
            setKind(meanwhile.role?.kind ?? 'nothing')
            setCustomerId(meanwhile.role?.kind === 'customer' ? meanwhile.role.customerId : '')
            save.reset()
          }}
        />
      )}
      <FormState error={meanwhile === null ? save.error : null} intent={unknownReaders ? 'warning' : 'error'} />
      <FormButtons
        busy={save.isPending}
        incomplete={kind === 'customer' && customerId === ''}
        submit={unknownReaders ? 'I have checked, save' : 'Save'}
        submitting="Saving …"
        onCancel={onCancel}
      />
    </Form>
  )
}
