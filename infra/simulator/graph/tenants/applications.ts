// App registrations, with the end of their secrets.
import type { App } from '../../world/applications.ts'
import { list, type Handlers } from '../call.ts'
import { iso, type Fields } from '../query.ts'

const APPLICATION: Fields<App> = {
  id: (a) => a.objectId,
  appId: (a) => a.clientId,
  displayName: (a) => a.name,
  passwordCredentials: ({ name, secretId, secret, secretFrom, secretTo }) => [{
    displayName: name, keyId: secretId, hint: secret.slice(0, 3), secretText: null, startDateTime: iso(secretFrom), endDateTime: iso(secretTo),
  }],
}

export const applications: Handlers = {
  '/applications': (call) => {
    const { msp, bot } = call.sim.world
    return list(call, 'applications', APPLICATION, call.tenant === msp ? [msp.app, bot] : [call.tenant.app])
  },
}
