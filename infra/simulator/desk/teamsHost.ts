// What Teams says to a tab in its iframe: the parent's half of the protocol of teams-js 2.58.

export type Theme = 'default' | 'dark' | 'contrast'

export interface Place {
  subPageId: string
}

interface Request {
  id: number
  uuidAsString?: string
  func: string
  args?: unknown[]
}

const runtime = {
  apiVersion: 4,
  isLegacyTeams: false,
  hostVersionsInfo: { adaptiveCardSchemaVersion: { majorVersion: 1, minorVersion: 5 } },
  supports: { pages: { config: {}, tabs: {}, appButton: {}, backStack: {} }, dialog: { url: { bot: {} }, card: { bot: {} }, update: {} } },
}

/** Calls that teams-js makes without waiting for an answer. */
const silent = new Set(['registerHandler', 'settings.setValidityState', 'settings.save.success', 'settings.save.failure', 'shareDeepLink'])

export interface HostPorts {
  person: () => { upn: string; userId: string; tenantId: string }
  theme: () => Theme
  place: () => Place
  token: () => Promise<string>
  /** False when the link leads to a place that the desk does not have. */
  openLink: (link: string) => boolean
  /** The tab said that it is loaded, ready, or that it failed. */
  state: (state: 'loaded' | 'success' | 'failure' | 'expectedFailure', reason: string) => void
}

/** Answers one call of the tab: the arguments of the reply, or null when Teams would say nothing. */
async function answer({ func, args = [] }: Request, ports: HostPorts): Promise<unknown[] | null> {
  const person = ports.person()
  switch (func) {
    case 'initialize':
      return ['content', 'web', JSON.stringify(runtime), '2.58.0']
    case 'getContext':
      return [
        {
          theme: ports.theme(),
          locale: 'en-us',
          entityId: 'outpost',
          subEntityId: ports.place().subPageId,
          frameContext: 'content',
          hostClientType: 'web',
          hostName: 'Teams',
          userObjectId: person.userId,
          tid: person.tenantId,
          userPrincipalName: person.upn,
        },
      ]
    case 'authentication.getAuthToken':
      return ports.token().then(
        (token) => [true, token],
        () => [false, 'resourceRequiresConsent'],
      )
    case 'settings.getSettings':
      return [{ entityId: 'outpost', contentUrl: `${location.origin}/tab/` }]
    case 'executeDeepLink':
      return ports.openLink(String(args[0])) ? [true] : [false, 'The desk cannot open this link.']
    case 'navigateToTab':
      return [true]
    case 'appInitialization.appLoaded':
      ports.state('loaded', '')
      return null
    case 'appInitialization.success':
    case 'appInitialization.failure':
    case 'appInitialization.expectedFailure':
      ports.state(func.slice('appInitialization.'.length) as 'success', args.filter((part) => typeof part === 'string').join(': '))
      return null
    default:
      return silent.has(func) ? null : [false, `The desk does not play ${func}.`]
  }
}

/** Plays the host for the tab in `frame` until the returned function is called. */
export function playHost(frame: HTMLIFrameElement, ports: HostPorts): () => void {
  const hear = (event: MessageEvent<unknown>) => {
    if (event.source !== frame.contentWindow || event.origin !== location.origin) return
    const request = event.data as Partial<Request> | null
    if (typeof request?.func !== 'string' || typeof request.id !== 'number') return
    const { id, uuidAsString, func, args } = request
    void answer({ id, func, ...(args === undefined ? {} : { args }) }, ports).then((reply) => {
      if (reply !== null) frame.contentWindow?.postMessage({ id, uuidAsString, args: reply }, location.origin)
    })
  }
  window.addEventListener('message', hear)
  return () => window.removeEventListener('message', hear)
}

/** Tells the tab of a new theme, as Teams does when the person changes it. */
export function tellTheme(frame: HTMLIFrameElement, theme: Theme): void {
  frame.contentWindow?.postMessage({ func: 'themeChange', args: [theme] }, location.origin)
}

/** The place in the personal app that a Teams deep link names; null when it names something else. */
export function placeOf(link: string): Place | null {
  try {
    const url = new URL(link)
    if (!/^teams(\.cloud)?\.microsoft(\.com)?$/.test(url.hostname) || !url.pathname.startsWith('/l/entity/')) return null
    const context = JSON.parse(url.searchParams.get('context') ?? '{}') as { subEntityId?: string; subPageId?: string }
    return { subPageId: context.subEntityId ?? context.subPageId ?? '' }
  } catch {
    return null
  }
}
