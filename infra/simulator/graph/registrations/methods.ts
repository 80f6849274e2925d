// The ways to sign in of one account.
import { hash } from '../../world/random.ts'
import { accountOf } from '../accounts/users.ts'
import { context, listPage, type Call, type Handlers, type Json } from '../call.ts'
import { only } from '../query.ts'

/** Kinds of methods in v1.0, by what the registration report calls them; the report knows some that have no kind. */
const METHODS: readonly [RegExp, kind: string][] = [
  [/^microsoftAuthenticator/, 'microsoftAuthenticator'],
  [/^mobilePhone$/, 'phone'],
  [/^email$/, 'email'],
  [/^softwareOneTimePasscode$/, 'softwareOath'],
  [/^(fido2|passKey)/, 'fido2'],
  [/^windowsHello/, 'windowsHelloForBusiness'],
  [/^temporaryAccessPass$/, 'temporaryAccessPass'],
]

function authenticationMethods(call: Call): Json {
  only(call.query)
  const user = accountOf(call)
  const method = (kind: string, id: string): unknown => ({ '@odata.type': `#microsoft.graph.${kind}AuthenticationMethod`, id })
  const registered = (user.registration?.methods ?? []).flatMap((name, i) => {
    const kind = METHODS.find(([pattern]) => pattern.test(name))?.[1]
    return kind === undefined ? [] : [method(kind, `${hash(user.id + name)}-${i}`)]
  })
  // Everybody has a password, under the same id.
  const all = [method('password', '28c10230-6103-485e-b985-444c60001490'), ...registered]
  return { ...context(`users('${user.id}')/authentication/methods`), ...listPage(call, () => all, (item) => item) }
}

export const methods: Handlers = {
  '/users/{user-id}/authentication/methods': authenticationMethods,
}
