import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Channel } from '../../api/channels/model.ts'
import { useLoaded } from '../client/loading.ts'
import { everyCustomer } from '../customers/requests.ts'
import { usePanelStyles } from '../parts/panelStyles.ts'
import { Said } from '../parts/Said.tsx'
import { Empty, LoadState } from '../parts/States.tsx'
import { Table, TableCell, TableRow } from '../parts/Table.tsx'
import { Time } from '../parts/Time.tsx'
import { leaveForm } from '../parts/unsaved.ts'
import { ChannelForm } from './ChannelForm.tsx'
import { channelName, purposeWords } from './channelWords.ts'
import { allChannels } from './requests.ts'

const useStyles = makeStyles({
  columns: { gridTemplateColumns: 'minmax(0, 1.4fr) minmax(0, 1fr) minmax(0, 0.8fr) minmax(0, 1.6fr) 96px' },
  name: { fontWeight: tokens.fontWeightSemibold },
  said: { marginBottom: tokens.spacingVerticalM },
})

/** Admin → Channels: where the bot is, and what each channel is for. */
export function Channels() {
  const styles = useStyles()
  const panel = usePanelStyles()
  const channels = useLoaded(allChannels)
  const customers = useLoaded(everyCustomer(false))
  const [changing, setChanging] = useState<Channel | null>(null)
  const [said, setSaid] = useState('')
  const change = (channel: Channel) => {
    setSaid('')
    setChanging(channel)
  }
  const items = channels.value?.items ?? null

  return (
    <>
      <h2 className={panel.title}>Channels</h2>
      <div className={panel.about}>
        <Text size={200} className={panel.quiet}>
          A channel gets cards only when it is said here, or to Outpost in the channel, what it is for.
        </Text>
      </div>
      <Said words={said} className={styles.said} />
      {changing !== null && (
        <ChannelForm
          key={changing.id}
          channel={changing}
          customers={customers.value}
          gone={items !== null && !items.some(({ id }) => id === changing.id)}
          onCancel={() => setChanging(null)}
          onSaved={(saved) => {
            setSaid(`${channelName(saved)} is for: ${purposeWords(saved)}.`)
            setChanging(null)
            channels.reload()
          }}
        />
      )}
      <LoadState of={[channels, customers]} label="Loading channels" />
      {items?.length === 0 && <Empty>Outpost is in no channel yet. Add it to a team in Teams, then say here what its channel is for.</Empty>}
      {items !== null && items.length > 0 && (
        <Table label="Channels" columns={['Channel', 'For', 'Since', 'Problems', 'Change']} className={styles.columns}>
          {items.map((channel) => (
            <TableRow key={channel.id} className={styles.columns}>
              <TableCell>
                <span className={styles.name}>{channelName(channel)}</span>
              </TableCell>
              <TableCell label="For">{purposeWords(channel)}</TableCell>
              <TableCell label="Since">{channel.since === null ? '–' : <Time at={channel.since} />}</TableCell>
              <TableCell label="Problems">{channel.problems.length === 0 ? 'None' : channel.problems.join(' ')}</TableCell>
              <TableCell>
                <Button size="small" aria-label={`Change what ${channelName(channel)} is for`} onClick={() => leaveForm(() => change(channel))}>
                  Change
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </Table>
      )}
    </>
  )
}
