import { makeStyles, tokens } from '@fluentui/react-components'

/** One look for words with a sign before them, and one set of colours for what the sign says. */
export const useMarkStyles = makeStyles({
  line: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS, overflowWrap: 'anywhere' },
  inline: { display: 'inline-flex', verticalAlign: 'top' },
  // In the middle of the first line of the words, large or small. Not by their line height: Fluent's icons have none.
  icon: { flexShrink: 0, fontSize: '1.15em', marginTop: '0.1em' },
  good: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
})
