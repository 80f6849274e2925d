import { Field, Radio, RadioGroup } from '@fluentui/react-components'
import { useState } from 'react'
import type { Channel, ChannelChange, ChannelRole } from '../../api/channels/model.ts'
import type { CustomerRow } from '../../api/overview/model.ts'
import { useChange } from '../client/change.ts'
import { CustomerSelect } from '../customers/CustomerSelect.tsx'
import { Form, FormButtons, FormState } from '../parts/Form.tsx'
import { Meanwhile } from '../parts/Meanwhile.tsx'
import { channelName, purposeWords } from './channelWords.ts'
import { changeChannel } from './requests.ts'

type Kind = ChannelRole['kind'] | 'nothing'

interface ChannelFormProps {
  channel: Channel
  /** Those that are not archived; null while nobody knows. */
  customers: readonly CustomerRow[] | null
  /** Whether Outpost has left it since the form was opened. */
  gone: boolean
  onSaved: (saved: Channel) => void
  onCancel: () => void
}

/** What the fields hold; of a purpose without a customer an empty one. */
const chosenIn = ({ role }: Channel) => ({ kind: role?.kind ?? ('nothing' as Kind), customerId: role?.kind === 'customer' ? role.customerId : '' })

/** The customer that it was for; null where it was for none. */
const customerOf = ({ role, customerName }: Channel) => (role?.kind === 'customer' ? { id: role.customerId, name: customerName ?? 'One customer' } : null)

/** Says what a channel is for. Where nobody can tell who reads there, it asks the administrator to answer for it. */
export function ChannelForm({ channel, customers, gone, onSaved, onCancel }: ChannelFormProps) {
  const [{ kind, customerId }, setChosen] = useState(chosenIn(channel))
  const { save, known, meanwhile, error } = useChange({
    of: channel,
    send: (change: ChannelChange, { revision }) => changeChannel(channel.id, { ...change, revision }),
    onSuccess: onSaved,
    gone,
  })
  const unknownReaders = save.error?.code === 'readersUnknown'
  const role: ChannelRole | null = kind === 'nothing' ? null : kind === 'alerts' ? { kind } : { kind, customerId }
  const incomplete = kind === 'customer' && customerId === ''
  const submit = () => save.mutate({ role, confirmed: unknownReaders })
  const changed = kind !== chosenIn(known).kind || (kind === 'customer' && customerId !== chosenIn(known).customerId)
  // What was answered for was another choice.
  const choose = (part: { kind: Kind } | { customerId: string }) => {
    if (!save.isPending) save.reset()
    setChosen((before) => ({ ...before, ...part }))
  }
  return (
    <Form title={`What is ${channelName(channel)} for?`} busy={save.isPending} changed={changed} onSubmit={submit}>
      <Field label="Purpose" hint="Everybody who reads in the channel reads what is posted there, guests too.">
        <RadioGroup value={kind} onChange={(_, { value }) => choose({ kind: value as Kind })}>
          <Radio value="nothing" label="Nothing: no card is posted and no customer is named" />
          <Radio value="customer" label="One customer: its alerts alone, and “mfa” needs no name" />
          <Radio value="alerts" label="Our team’s alerts: a card for every customer, with counts; not where guests read" />
        </RadioGroup>
      </Field>
      {kind === 'customer' && (
        <Field label="Customer" required>
          <CustomerSelect value={customerId} none="Choose a customer" customers={customers} before={customerOf(known)} onChange={(to) => choose({ customerId: to })} />
        </Field>
      )}
      {meanwhile !== null && (
        <Meanwhile
          noun="channel"
          facts={[['For', purposeWords(meanwhile)]]}
          incomplete={incomplete}
          onSave={submit}
          onTake={() => {
            setChosen(chosenIn(meanwhile))
            save.reset()
          }}
        />
      )}
      <FormState error={error} intent={unknownReaders ? 'warning' : 'error'} />
      <FormButtons
        busy={save.isPending}
        incomplete={incomplete || meanwhile !== null}
        submit={unknownReaders ? 'I have checked, save' : 'Save'}
        submitting="Saving …"
        gone={gone ? 'Outpost is not in this channel any more, so nothing can be saved here. Add it there again in Teams.' : null}
        onCancel={onCancel}
      />
    </Form>
  )
}
