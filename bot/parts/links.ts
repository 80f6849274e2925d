// Links from a card to the right place in the tab.
import { toSubPageId, type Place } from '../../api/place.ts'

export interface Links {
  /** A link that opens the personal tab at a place, inside Teams. */
  toTab(place: Place, label?: string): string
  /** A link that opens the private chat with the bot. */
  toChat(): string
  /** A link that opens the dialog in which a person adds the app for themselves. */
  toInstall(): string
}

/**
 * Source: "Deep link to a tab", "Deep link to a chat" and "Deep link to open application install dialog" in Microsoft's Teams documentation.
 * @param teamsAppId id of the app in its manifest; @param publicUrl where people without Teams are sent, without a final slash
 */
export function openLinks(teamsAppId: string, publicUrl: string, botId: string): Links {
  return {
    toTab(place, label = 'Outpost') {
      const subEntityId = toSubPageId(place)
      const query = [
        ['webUrl', `${publicUrl.replace(/\/$/, '')}/tab/#/${subEntityId}`],
        ['label', label],
        ['context', JSON.stringify({ subEntityId })],
      ].map(([name = '', value = '']) => `${name}=${encodeURIComponent(value)}`)
      return `https://teams.microsoft.com/l/entity/${encodeURIComponent(teamsAppId)}/hub?${query.join('&')}`
    },
    toInstall: () => `https://teams.microsoft.com/l/app/${encodeURIComponent(teamsAppId)}`,
    toChat: () => `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(`28:${botId}`)}`,
  }
}
