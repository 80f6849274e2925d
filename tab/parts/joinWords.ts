/** The link into an online meeting, with words that say where it leads; null when there is none that may be followed. */
export function joinWords(joinUrl: string | null): { href: string; words: string } | null {
  const url = joinUrl === null ? null : URL.parse(joinUrl)
  if (url === null || url.protocol !== 'https:') return null
  const teams = /^teams\.(microsoft|live|cloud\.microsoft)(\.com)?$/.test(url.hostname)
  return { href: url.href, words: teams ? 'Join in Teams (opens outside)' : `Join at ${url.hostname} (opens outside)` }
}
