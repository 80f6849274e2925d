// Serves the built tab under /tab/, with the headers that let Teams, and nobody else, frame it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import restify from 'restify'
import type { Request, Response, Server } from 'restify'

// Teams platform: "Tab requirements". Styles are inline because Fluent UI writes them at run time; teams-js reads its list of
// valid hosts from Microsoft's CDN.
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data: https://*.cdn.office.net https://static2.sharepointonline.com",
  "connect-src 'self' https://res.cdn.office.net",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self' https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft",
].join('; ')

/** @param folder of the built tab, with index.html and assets/ */
export function serveTab(server: Server, folder: string): void {
  const sendIndex = async (_req: Request, res: Response) => {
    const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => null)
    // In place of what every answer says: `header` would add to it.
    res.setHeader('Content-Security-Policy', policy)
    res.setHeader('Cache-Control', 'no-cache')
    if (page === null) res.sendRaw(503, 'The tab has not been built: run npm run build.', { 'Content-Type': 'text/plain' })
    else res.sendRaw(200, page, { 'Content-Type': 'text/html; charset=utf-8' })
  }
  // Their names carry a hash of their content. Only what is there is kept.
  const setHeaders = (res: Response) => void res.setHeader('Cache-Control', 'public, max-age=31536000, immutable')
  const assets = restify.plugins.serveStaticFiles(join(folder, 'assets'), { setHeaders })
  for (const method of ['get', 'head'] as const) {
    server[method]('/tab/assets/*', assets)
    server[method]('/tab', sendIndex)
    server[method]('/tab/*', sendIndex)
  }
}
