import { Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { asWritten } from '../../api/asWritten.ts'
import { useLoaded, type Question } from '../client/loading.ts'
import { everyCustomer } from '../customers/requests.ts'
import { allTenants } from './requests.ts'
import { suggestedDomains } from './suggestedDomains.ts'

const useStyles = makeStyles({
  suggestions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, alignItems: 'center' },
})

/** Without a watch: what is offered stands still while somebody chooses. */
const freeDomains: Question<string[]> = {
  key: ['freeDomains'],
  ask: async (signal) => {
    const [tenants, living, archived] = await Promise.all([allTenants.ask(signal), everyCustomer(false).ask(signal), everyCustomer(true).ask(signal)])
    return suggestedDomains(tenants.items, [...living, ...archived])
  },
}

/**
 * Domains of connected tenants that no customer has, for a customer's form. Nothing while they load or when they cannot be had, for they
 * only save typing.
 */
export function SuggestedDomains({ typed, onAdd }: { typed: readonly string[]; onAdd: (domain: string) => void }) {
  const styles = useStyles()
  const suggestions = useLoaded(freeDomains).value?.filter((domain) => !typed.includes(domain)) ?? []
  if (suggestions.length === 0) return null
  return (
    <div className={styles.suggestions} role="group" aria-label="Suggested domains">
      <Text size={200}>Verified in connected tenants:</Text>
      {suggestions.map((domain) => (
        <Button key={domain} size="small" icon={<AddRegular />} aria-label={`Add ${asWritten(domain)}`} onClick={() => onAdd(domain)}>
          {asWritten(domain)}
        </Button>
      ))}
    </div>
  )
}
