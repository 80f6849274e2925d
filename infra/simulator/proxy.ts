// Everything that is not Microsoft goes to the product, and the desk's files come from dist/desk.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { sendText } from './http.ts'

/** Streams a request to the product and its answer back; a caller that goes away ends both. */
export function forward(product: string, req: IncomingMessage, res: ServerResponse): void {
  const target = new URL(req.url ?? '/', product)
  const upstream = request(target, { method: req.method, headers: { ...req.headers, host: target.host } }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    // Server-sent events may be silent for a while: the head must not wait for the first of them.
    res.flushHeaders()
    answer.on('error', () => res.destroy())
    answer.pipe(res)
  })
  upstream.on('error', () => sendText(res, 502, `Outpost does not answer at ${product}. Start it, or pass its address with --product.`))
  res.on('close', () => upstream.destroy())
  req.on('error', () => upstream.destroy())
  req.pipe(upstream)
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
}

/** Serves `/` and `/desk/*` from dist/desk. */
export async function desk(res: ServerResponse, path: string): Promise<void> {
  const name = normalize(decodeURIComponent(path.slice('/desk/'.length)) || 'index.html')
  const file = join('dist', 'desk', name)
  const found = !name.startsWith('..') && (await stat(file).catch(() => null))?.isFile()
  if (!found) return sendText(res, 404, 'The desk has no such file, or is not built yet. Run: npm run build')
  // Who is framed can be clicked without seeing what: the desk is the outermost page.
  const unframed = { 'content-security-policy': "frame-ancestors 'none'", 'x-frame-options': 'DENY' }
  res.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'cache-control': 'no-cache', ...unframed })
  createReadStream(file).on('error', () => res.destroy()).pipe(res)
}
