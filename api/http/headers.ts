// What every answer says to the browser beside its content.
import type { Response } from 'restify'

/** Answers are data: nothing in them runs, loads or is framed. The tab's own page says more, see tab.ts. */
const policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Nothing is kept by anything on the way, unless whoever answers says otherwise. A browser minds Strict-Transport-Security over https alone. */
export function secure(res: Response): void {
  res.header('X-Content-Type-Options', 'nosniff')
  res.header('Referrer-Policy', 'no-referrer')
  res.header('Strict-Transport-Security', 'max-age=31536000')
  res.header('Content-Security-Policy', policy)
  res.header('Cache-Control', 'no-store')
}
