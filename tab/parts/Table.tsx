import { mergeClasses } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useTableStyles } from './tableStyles.ts'

export interface TableProps {
  label: string
  columns: readonly string[]
  /** The widths of the columns; every row has the same. */
  className: string
  children: ReactNode
}

/** Rows under the names of their columns. */
export function Table({ label, columns, className, children }: TableProps) {
  const table = useTableStyles()
  return (
    <div role="table" aria-label={label}>
      <div role="row" className={mergeClasses(table.head, className)}>
        {columns.map((name) => (
          <div role="columnheader" key={name}>
            {name}
          </div>
        ))}
      </div>
      {children}
    </div>
  )
}

export function TableRow({ className, children }: { className: string; children: ReactNode }) {
  return (
    <div role="row" className={mergeClasses(useTableStyles().row, className)}>
      {children}
    </div>
  )
}

/** `label` names the column where a narrow screen shows the row as a block; the first cell of a row needs none. */
export function TableCell({ label, className, children }: { label?: string | undefined; className?: string; children: ReactNode }) {
  return (
    <div role="cell" className={mergeClasses(useTableStyles().cell, className)} data-label={label}>
      {children}
    </div>
  )
}
