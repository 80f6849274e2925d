import { makeStyles, tokens } from '@fluentui/react-components'

/**
 * One look for every table. On narrow screens a row becomes a block whose cells carry their column's name
 * (`data-label`), so nothing scrolls sideways. The element keeps its table roles either way.
 */
export const useTableStyles = makeStyles({
  head: {
    display: 'grid',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 640px)': { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', padding: 0, border: 'none' },
  },
  row: {
    display: 'grid',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalMNudge} ${tokens.spacingHorizontalS}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  cell: {
    minWidth: 0,
    overflowWrap: 'anywhere',
    '@media (max-width: 640px)': {
      '&[data-label]::before': { content: 'attr(data-label) ": "', color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
    },
  },
})
