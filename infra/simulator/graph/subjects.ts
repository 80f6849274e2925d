// What the simulator knows of Graph: the one list. What does not stand here is answered with 501.
import { directoryObjects } from './accounts/directoryObjects.ts'
import { users } from './accounts/users.ts'
import { events } from './calendar/events.ts'
import type { Handlers } from './call.ts'
import { groups } from './groups/groups.ts'
import { subscribedSkus } from './licences/subscribedSkus.ts'
import { folders } from './mail/folders.ts'
import { messages } from './mail/messages.ts'
import { securityDefaults } from './policies/securityDefaults.ts'
import { methods } from './registrations/methods.ts'
import { report } from './registrations/report.ts'
import { roles } from './roles/roles.ts'
import { servicePrincipals } from './roles/servicePrincipals.ts'
import { applications } from './tenants/applications.ts'
import { organization } from './tenants/organization.ts'

/** What Exchange answers, and throttles per mailbox. */
export const perMailbox: Handlers = { ...folders, ...messages, ...events }

export const handlers: Handlers = {
  ...perMailbox, ...organization, ...applications, ...users, ...directoryObjects, ...groups, ...roles, ...servicePrincipals, ...report, ...methods,
  ...subscribedSkus, ...securityDefaults,
}
