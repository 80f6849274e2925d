// Which addresses of Graph are asked at all: on Graph's own host, in version 1.0. Links come from answers and from the database.
import { AppError } from '../errors.ts'

/** The names in links and tokens stay Graph's own, wherever it is reached. */
export const graphName = 'https://graph.microsoft.com'

/** What is asked for in beta, because version 1.0 does not have it: paths that may change or end any day. */
const beta: readonly RegExp[] = []

/** @throws AppError `graphUnexpected` for what leads away */
export function addressOf(pathOrLink: string): string {
  const url = pathOrLink.startsWith('/') ? `${graphName}${pathOrLink.startsWith('/beta/') ? '' : '/v1.0'}${pathOrLink}` : pathOrLink
  if (!URL.canParse(url) || new URL(url).origin !== graphName) throw new AppError('graphUnexpected', { cause: new Error('a link leads away from Microsoft Graph') })
  const { pathname } = new URL(url)
  if (!pathname.startsWith('/v1.0/') && !beta.some((allowed) => allowed.test(pathname))) throw new AppError('graphUnexpected', { cause: new Error('a link leads to a version of Microsoft Graph that is not asked') })
  return url
}
