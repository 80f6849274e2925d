// The host: Teams around the tab. This folder alone knows teams-js.
import { app } from '@microsoft/teams-js'
import pTimeout from 'p-timeout'

export type ThemeName = 'default' | 'dark' | 'contrast'

/** What Teams said about the place in which the tab opened. */
export interface Host {
  theme: ThemeName
  /** BCP 47 tag of the person's Teams, e.g. `en-us`. */
  locale: string
  /** Where a deep link wants to go; empty when the tab was opened without one. */
  subPageId: string
}

export class NotInTeams extends Error {}

const asTheme = (name: string): ThemeName => (name === 'dark' || name === 'contrast' ? name : 'default')

/**
 * Shakes hands with Teams. Raises `NotInTeams` when nobody answers within `patience` milliseconds: alone in a browser
 * teams-js refuses at once, but inside a foreign frame it would wait a whole minute.
 */
export async function connectToHost(patience = 5000): Promise<Host> {
  try {
    await pTimeout(app.initialize(), { milliseconds: patience })
  } catch (cause) {
    throw new NotInTeams('Outpost runs inside Microsoft Teams.', { cause })
  }
  app.notifyAppLoaded()
  try {
    const context = await pTimeout(app.getContext(), { milliseconds: patience })
    return { theme: asTheme(context.app.theme), locale: context.app.locale, subPageId: context.page.subPageId ?? '' }
  } catch (cause) {
    app.notifyFailure({ reason: app.FailedReason.Timeout, message: 'Teams did not say where the tab is open.' })
    throw cause
  }
}

/** Calls `changed` whenever the person switches the theme of Teams. */
export function onThemeChange(changed: (theme: ThemeName) => void): void {
  app.registerOnThemeChangeHandler((name) => changed(asTheme(name)))
}

/** Tells Teams that the tab shows something useful, which ends its loading indicator. */
export function notifyReady(): void {
  void app.notifySuccess()
}

/**
 * Tells Teams that the person cannot work yet, although the tab runs. Not `notifyFailure`: Teams would cover the tab with
 * a page of its own, and with it the button that tries again.
 */
export function notifyNotReady(message: string): void {
  app.notifyExpectedFailure({ reason: app.ExpectedFailureReason.PermissionError, message })
}
