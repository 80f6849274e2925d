import { Link, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { TableCell, TableRow } from '../parts/Table.tsx'
import { toHash, type CustomerSection } from '../route.ts'

const useStyles = makeStyles({
  row: {
    position: 'relative',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover, color: tokens.colorNeutralForeground1Hover, '& *': { color: 'inherit' } },
  },
  name: {
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
    '::after': { content: '""', position: 'absolute', inset: 0 },
  },
})

export interface CustomerTableRowProps {
  customer: { id: string; name: string }
  /** Where the row leads to. */
  section: CustomerSection
  /** What stands under the name. */
  about: ReactNode
  /** The widths of the columns. */
  className: string
  /** The other cells. */
  children: ReactNode
}

/** A row that leads to a customer: the link covers it, so that the whole row can be clicked while it stays one link for the keyboard. */
export function CustomerTableRow({ customer, section, about, className, children }: CustomerTableRowProps) {
  const styles = useStyles()
  return (
    <TableRow className={mergeClasses(className, styles.row)}>
      <TableCell>
        <Link className={styles.name} href={toHash({ view: 'customer', customerId: customer.id, section })}>
          {customer.name}
        </Link>
        {about}
      </TableCell>
      {children}
    </TableRow>
  )
}
