// The page inside the frame that shows a mail. The service has cleaned the mail already; this is the second lock.

/**
 * Wraps sanitised `html` into a document that loads nothing from anywhere: its policy stands before the mail's first byte,
 * and its links have no window to open in.
 */
export function mailDocument(html: string): string {
  return `<!doctype html>
<html lang="und"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'">
<meta name="referrer" content="no-referrer"><base target="_blank">
<style>
:root { color-scheme: light }
body { margin: 12px; font: 14px/1.45 "Segoe UI", system-ui, sans-serif; color: #242424; background: #fff; overflow-wrap: anywhere }
img { max-width: 100%; height: auto } table { max-width: 100% } pre { white-space: pre-wrap }
</style></head><body>${html}</body></html>`
}
