import { FluentProvider, makeStyles, teamsDarkTheme, teamsHighContrastTheme, teamsLightTheme, tokens } from '@fluentui/react-components'
import { useCallback, useEffect, useState } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import type { Me } from '../../api/access/model.ts'
import { followChanges, listenToChanges } from '../client/changes.ts'
import { newQueries, renewOnChanges } from '../client/queries.ts'
import { ASK_AGAIN_MS, isOutage } from '../client/outage.ts'
import { asRequestFailed } from '../client/request.ts'
import type { RequestFailed } from '../client/requestFailed.ts'
import { SessionContext, type Session } from '../parts/session.ts'
import { Loading } from '../parts/States.tsx'
import { startAt } from '../route.ts'
import { connectToHost, notifyNotReady, notifyReady, NotInTeams, onThemeChange, type Host, type ThemeName } from '../teams/host.ts'
import { signInToken } from '../teams/token.ts'
import { NoEntry, OutsideTeams } from './NoEntry.tsx'
import { whoAmI } from './requests.ts'
import { Shell } from './Shell.tsx'

const themes = { default: teamsLightTheme, dark: teamsDarkTheme, contrast: teamsHighContrastTheme }
const coloursOf = (theme: ThemeName): Session['colours'] => ({
  text: themes[theme].colorNeutralForeground1, paper: themes[theme].colorNeutralBackground1, scheme: theme === 'default' ? 'light' : 'dark',
})

const useStyles = makeStyles({
  page: { minHeight: '100%', backgroundColor: tokens.colorNeutralBackground1 },
  waiting: { paddingInline: tokens.spacingHorizontalXL },
})

type Phase = { at: 'starting' } | { at: 'outside' } | { at: 'refused'; error: RequestFailed } | { at: 'ready'; me: Me }

const queries = newQueries()
renewOnChanges(queries, listenToChanges)

// Teams has one frame and one handshake, however often React mounts the page.
let handshake: Promise<Host> | undefined

/** The tab from its first moment: handshake with Teams, theme, sign-in, and then the views. */
export function App() {
  const styles = useStyles()
  const [phase, setPhase] = useState<Phase>({ at: 'starting' })
  const [theme, setTheme] = useState<ThemeName>('default')
  const [locale, setLocale] = useState(navigator.language)

  const enter = useCallback(async (gesture: boolean) => {
    try {
      await signInToken({ fresh: gesture, gesture })
      const me = await whoAmI()
      setPhase({ at: 'ready', me })
      notifyReady()
      void followChanges()
    } catch (thrown) {
      const error = asRequestFailed(thrown)
      setPhase({ at: 'refused', error })
      notifyNotReady(error.message)
    }
  }, [])

  const signIn = useCallback(
    (gesture: boolean) => {
      setPhase({ at: 'starting' })
      return enter(gesture)
    },
    [enter],
  )

  useEffect(() => {
    if (phase.at !== 'refused' || !isOutage(phase.error)) return
    // The page of the outage stays as it is meanwhile.
    const timer = setTimeout(() => void enter(false), ASK_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [phase, enter])

  useEffect(() => {
    handshake ??= connectToHost()
    handshake
      .then((host) => {
        setTheme(host.theme)
        setLocale(host.locale)
        onThemeChange(setTheme)
        startAt(host.subPageId)
        return signIn(false)
      })
      .catch((thrown: unknown) =>
        setPhase(thrown instanceof NotInTeams ? { at: 'outside' } : { at: 'refused', error: asRequestFailed(thrown) }),
      )
  }, [signIn])

  return (
    <FluentProvider theme={themes[theme]} className={styles.page}>
      {phase.at === 'starting' && (
        <div className={styles.waiting}>
          <Loading label="Opening Outpost" />
        </div>
      )}
      {phase.at === 'outside' && <OutsideTeams />}
      {phase.at === 'refused' && <NoEntry error={phase.error} retry={() => void signIn(true)} />}
      {phase.at === 'ready' && (
        <SessionContext.Provider value={{ me: phase.me, locale, colours: coloursOf(theme) }}>
          <QueryClientProvider client={queries}>
            <Shell />
          </QueryClientProvider>
        </SessionContext.Provider>
      )}
    </FluentProvider>
  )
}
