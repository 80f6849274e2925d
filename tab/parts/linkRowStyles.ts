import { makeStyles, tokens } from '@fluentui/react-components'

/** A table row that leads somewhere: the link covers its row, so that the whole row can be clicked while it stays one link for the keyboard. */
export const useLinkRowStyles = makeStyles({
  row: { position: 'relative', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover, color: tokens.colorNeutralForeground1Hover, '& *': { color: 'inherit' } } },
  name: { fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground1, '::after': { content: '""', position: 'absolute', inset: 0 } },
})
