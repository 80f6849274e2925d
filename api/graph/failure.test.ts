// Error payloads as Graph sends them, and what they mean here: by what was asked, the status and the code together.
import { expect, it } from 'vitest'
import { neededFor } from '../connections/permissions.ts'
import { streams } from '../subjects.ts'
import { toAppErrorFromGraph } from './failure.ts'
import { resourceOf, type Resource } from './resource.ts'

const needed = neededFor(streams)

const paths = {
  mail: '/users/1/messages/2',
  folder: '/users/1/mailFolders/2',
  calendar: '/users/1/events/2',
  accounts: '/users/delta',
  role: '/roleManagement/directory/roleAssignments',
  report: '/reports/authenticationMethods/userRegistrationDetails',
  methods: '/users/1/authentication/methods',
  eligibility: '/roleManagement/directory/roleEligibilityScheduleInstances',
  user: '/users/1',
  group: '/groups/1/members',
  application: '/applications',
  licences: '/subscribedSkus',
}
type Asked = keyof typeof paths

it.each<[Asked, number, string, string]>([
  ['mail', 401, 'InvalidAuthenticationToken', 'graphTokenRefused'],
  ['mail', 403, 'ErrorAccessDenied', 'accessDenied'],
  ['folder', 403, 'ErrorAccessDenied', 'accessDenied'],
  ['calendar', 403, 'AccessDenied', 'accessDenied'],
  ['mail', 403, 'ErrorQuotaExceeded', 'mailboxFull'],
  ['folder', 403, 'ErrorMailboxMoveInProgress', 'mailboxMoving'],
  ['calendar', 403, 'TenantBlocked', 'tenantBlocked'],
  ['accounts', 403, 'TenantBlocked', 'tenantBlocked'],
  ['mail', 403, 'ErrorSomethingNew', 'refused'],
  ['accounts', 403, '', 'refused'],
  ['accounts', 403, 'Authorization_RequestDenied', 'consentMissing'],
  ['role', 403, 'AccessDenied', 'consentMissing'],
  ['report', 403, 'Authentication_MSGraphPermissionMissing', 'notGranted'],
  ['methods', 403, 'accessDenied', 'notGranted'],
  ['eligibility', 403, 'PermissionScopeNotGranted', 'notGranted'],
  ['eligibility', 403, 'UnknownError', 'refused'],
  ['report', 403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'licenceMissing'],
  ['eligibility', 400, 'AadPremiumLicenseRequired', 'licenceMissing'],
  ['mail', 404, 'MailboxNotEnabledForRESTAPI', 'mailboxUnknown'],
  ['calendar', 404, 'ResourceNotFound', 'mailboxUnknown'],
  ['folder', 404, 'Request_ResourceNotFound', 'mailboxUnknown'],
  ['user', 404, 'Request_ResourceNotFound', 'mailboxUnknown'],
  ['mail', 404, 'ErrorItemNotFound', 'gone'],
  ['folder', 404, 'ErrorSyncFolderNotFound', 'gone'],
  ['group', 404, 'Request_ResourceNotFound', 'objectGone'],
  ['role', 404, 'Request_ResourceNotFound', 'objectGone'],
  ['accounts', 404, 'Request_ResourceNotFound', 'objectGone'],
  ['application', 404, 'Request_ResourceNotFound', 'appUnknown'],
  ['folder', 410, 'SyncStateNotFound', 'bookmarkLost'],
  ['folder', 400, 'syncStateNotFound', 'bookmarkLost'],
  ['accounts', 400, 'resyncRequired', 'bookmarkLost'],
  ['folder', 404, 'SyncStateInvalid', 'bookmarkLost'],
  ['accounts', 410, '', 'bookmarkLost'],
  ['accounts', 429, 'TooManyRequests', 'throttled'],
  ['mail', 429, 'ApplicationThrottled', 'throttled'],
  ['mail', 500, 'InternalServerError', 'serviceUnavailable'],
  ['mail', 502, '', 'serviceUnavailable'],
  ['mail', 503, '', 'serviceUnavailable'],
  ['report', 504, '', 'serviceUnavailable'],
  ['folder', 400, 'ErrorInvalidUrlQuery', 'filterRefused'],
  ['accounts', 400, 'Request_BadRequest', 'graphUnexpected'],
  ['mail', 501, 'NotImplemented', 'graphUnexpected'],
])('about %s: %i %s → %s', (asked, status, code, expected) => {
  expect(toAppErrorFromGraph({ path: paths[asked], status, code }, needed).code).toBe(expected)
})

it('names what is missing, and what Outpost does not know', () => {
  const said = (asked: Asked, code: string) => toAppErrorFromGraph({ path: paths[asked], status: 403, code }, needed).message
  expect(said('licences', 'Authorization_RequestDenied')).toMatch(/^Admin consent is missing for Directory\.Read\.All\. Add it/)
  expect(said('report', 'Authorization_RequestDenied')).toBe('Optional, and not granted: AuditLog.Read.All. Without it, it stays unknown who can do multi-factor authentication.')
  expect(said('mail', 'ErrorSomethingNew')).toContain('for a reason that Outpost does not know (code ErrorSomethingNew)')
  expect(said('mail', 'kim@contoso.com was refused')).toContain('(it gave no code)')
})

it.each<[string, Resource]>([
  ['/users/kim%40contoso.com?$select=id', 'user'],
  ['/users/1/messages/2?$select=x', 'mail'],
  ['/users/1/messages/2/attachments?$select=name', 'mail'],
  ['/users/1/mailFolders/inbox?$select=id', 'folder'],
  ['/users/1/mailFolders/delta?$select=parentFolderId', 'folder'],
  ["https://graph.microsoft.com/v1.0/users('1')/mailFolders('AA==')/messages/delta?$skiptoken=messages", 'folder'],
  ["https://graph.microsoft.com/v1.0/users/1/mailfolders('AA%3D')/messages/delta?$deltatoken=x", 'folder'],
  ['/users/1/calendarView?startDateTime=x', 'calendar'],
  ['/users/1/events/2', 'calendar'],
  ['/users/1/authentication/methods', 'directory'],
  ['/users/delta?$select=id', 'other'],
  ['https://graph.microsoft.com/v1.0/users/microsoft.graph.delta()?$deltatoken=x', 'other'],
  ['/reports/authenticationMethods/userRegistrationDetails?$top=9', 'other'],
  ['/groups/1/members', 'directory'],
  ['/roleManagement/directory/roleAssignments?$expand=principal', 'directory'],
  ['/roleManagement/directory/roleEligibilityScheduleInstances?$expand=principal', 'directory'],
  ['/subscribedSkus', 'other'],
  ['/organization?$select=id', 'other'],
  ["/applications?$filter=appId eq '1'", 'application'],
  ["/servicePrincipals(appId='1')/appRoleAssignedTo", 'application'],
  ['/teams/1', 'other'],
])('%s asks about %s', (path, resource) => {
  expect(resourceOf(path)).toBe(resource)
})
