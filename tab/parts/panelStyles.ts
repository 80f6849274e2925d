import { makeStyles, tokens } from '@fluentui/react-components'

/** One look for a titled part of a view: its heading, the lines about it, its list. */
export const usePanelStyles = makeStyles({
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold, outlineStyle: 'none' },
  about: { display: 'grid', gap: tokens.spacingVerticalXXS, marginBottom: tokens.spacingVerticalM },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, padding: 0, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
})
