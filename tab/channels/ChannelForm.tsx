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
  /** Those that are not archived; null while nobody knows. */
  customers: readonly CustomerRow[] | null
  onSaved: (saved: Channel) => void
  onCancel: () => void
}

/** What the fields hold; of a purpose without a customer an empty one. */
const chosenIn = ({ role }: Channel) => ({ kind: role?.kind ?? ('nothing' as Kind), customerId: role?.kind === 'customer' ? role.customerId : '' })

/** The customers that can be chosen, and the one that was, where it is none of them any more. */
function choicesOf({ role, customerName }: Channel, customers: readonly CustomerRow[] | null): readonly Pick<CustomerRow, 'id' | 'name'>[] {
  const listed = customers ?? []
  if (role?.kind !== 'customer' || listed.some(({ id }) => id === role.customerId)) return listed
  return [{ id: role.customerId, name: `${customerName ?? 'One customer'}${customers === null ? '' : ' (archived)'}` }, ...listed]
}

/** Says what a channel is for. Where nobody can tell who reads there, it asks the administrator to answer for it. */
export function ChannelForm({ channel, customers, onSaved, onCancel }: ChannelFormProps) {
  const form = useFormStyles()
  const [{ kind, customerId }, setChosen] = useState(chosenIn(channel))
  const { save, known, meanwhile } = useChange({
    of: channel,
    send: (change: ChannelChange, { revision }) => changeChannel(channel.id, { ...change, revision }),
    onSuccess: onSaved,
  })
  const unknownReaders = save.error?.code === 'readersUnknown'
  const role: ChannelRole | null = kind === 'nothing' ? null : kind === 'alerts' ? { kind } : { kind, customerId }
  const changed = kind !== chosenIn(known).kind || (kind === 'customer' && customerId !== chosenIn(known).customerId)
  // What was answered for was another choice.
  const choose = (part: { kind: Kind } | { customerId: string }) => {
    if (!save.isPending) save.reset()
    setChosen((before) => ({ ...before, ...part }))
  }
  return (
    <Form title={`What is ${channelName(channel)} for?`} busy={save.isPending} changed={changed} onSubmit={() => save.mutate({ role, confirmed: unknownReaders })}>
      <Field label="Purpose" hint="Everybody who reads in the channel reads what is posted there, guests too.">
        <RadioGroup value={kind} onChange={(_, { value }) => choose({ kind: value as Kind })}>
          <Radio value="nothing" label="Nothing: no card is posted and no customer is named" />
          <Radio value="customer" label="One customer: its alerts alone, and “mfa” needs no name" />
          <Radio value="alerts" label="Our team’s alerts: a card for every customer, with counts; not where guests read" />
        </RadioGroup>
      </Field>
      {kind === 'customer' && (
        <Field label="Customer" required>
          <Select className={form.choice} select={{ className: form.choice }} value={customerId} onChange={(_, { value }) => choose({ customerId: value })}>
            <option value="">Choose a customer</option>
            {choicesOf(known, customers).map(({ id, name }) => (
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
            setChosen(chosenIn(meanwhile))
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
