import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'

const useStyles = makeStyles({
  tabs: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalXL, marginBlock: tokens.spacingVerticalS },
  tab: {
    padding: `${tokens.spacingVerticalSNudge} 0`,
    border: 'none',
    borderBottom: `${tokens.strokeWidthThick} solid transparent`,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    cursor: 'pointer',
    ':hover': { borderBottomColor: tokens.colorNeutralStroke1Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, borderRadius: tokens.borderRadiusMedium },
  },
  here: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold, borderBottomColor: tokens.colorCompoundBrandStroke, ':hover': { borderBottomColor: tokens.colorCompoundBrandStroke } },
})

export interface SectionsProps<S extends string> {
  label: string
  sections: readonly (readonly [S, string])[]
  selected: S
  onSelect: (section: S) => void
  children: ReactNode
}

/**
 * Tabs over the selected section, `children`. Arrow keys, Home and End walk over the tabs; Enter opens one. Fluent's own
 * TabList puts focusable elements that are hidden from screen readers around its tabs, which axe rightly reports.
 */
export function Sections<S extends string>({ label, sections, selected, onSelect, children }: SectionsProps<S>) {
  const styles = useStyles()
  const list = useRef<HTMLDivElement>(null)

  const walk = (event: KeyboardEvent) => {
    const tabs = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = tabs.findIndex((tab) => tab === document.activeElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    tabs.at(to % tabs.length)?.focus()
  }

  return (
    <>
      <div className={styles.tabs} role="tablist" aria-label={label} ref={list} onKeyDown={walk}>
        {sections.map(([section, words]) => {
          const here = section === selected
          return (
            <button
              type="button"
              key={section}
              id={`tab-${section}`}
              role="tab"
              aria-selected={here}
              aria-controls="section"
              tabIndex={here ? 0 : -1}
              className={mergeClasses(styles.tab, here && styles.here)}
              onClick={() => onSelect(section)}
            >
              {words}
            </button>
          )
        })}
      </div>
      <div role="tabpanel" id="section" aria-labelledby={`tab-${selected}`}>
        {children}
      </div>
    </>
  )
}
