import { makeStyles, Text, tokens } from '@fluentui/react-components'
import { asWritten } from '../../api/asWritten.ts'
import { visible } from '../../api/visible.ts'
import { usePanelStyles } from './panelStyles.ts'
import { TableCell } from './Table.tsx'

const useStyles = makeStyles({ name: { fontWeight: tokens.fontWeightSemibold } })

/** Whose row it is: name, what marks the account, its UPN. @param mark empty when there is nothing to say */
export function AccountCell({ account, mark }: { account: { displayName: string; userPrincipalName: string }; mark: string }) {
  return (
    <TableCell>
      <span className={useStyles().name}>{visible(account.displayName)}</span>
      {mark !== '' && ` (${mark})`}
      <Text size={200} block className={usePanelStyles().quiet}>
        {asWritten(account.userPrincipalName)}
      </Text>
    </TableCell>
  )
}
