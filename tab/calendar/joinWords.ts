// Microsoft's page "Office 365 URLs and IP address ranges"; teams.live without .com could be anybody's.
const teams = ['teams.microsoft.com', 'teams.live.com', 'teams.cloud.microsoft']

/** The link into an online meeting, with words that say where it leads; null when there is none that may be followed. */
export function joinWords(joinUrl: string | null): { href: string; words: string } | null {
  if (joinUrl === null || !URL.canParse(joinUrl)) return null
  const url = new URL(joinUrl)
  if (url.protocol !== 'https:') return null
  return { href: url.href, words: teams.includes(url.hostname) ? 'Join in Teams (opens outside)' : `Join at ${url.hostname} (opens outside)` }
}
