// Mail folders.
import { wellKnown, type Folder, type Mailbox } from '../../world/mail/mailbox.ts'
import { context, entity, type Call, type Handlers, type Json } from '../call.ts'
import { deltaPage, syncStateNotFound } from '../delta.ts'
import { noItem } from '../errors.ts'
import { only, project, type Fields } from '../query.ts'
import { mailboxOf } from './mailbox.ts'

const FOLDER: Fields<Folder> = { id: (f) => f.id, displayName: (f) => f.name, parentFolderId: (f) => f.parentId }

/** A folder by its id or well-known name. */
export function folderOf(mailbox: Mailbox, id: string): Folder {
  const folder = mailbox.folders.get(id) ?? wellKnown(mailbox, id)
  if (!folder) throw noItem()
  return folder
}

function folderDelta(call: Call): Json {
  const mailbox = mailboxOf(call)
  const page = deltaPage(call, {
    of: `folders|${mailbox.rootId}`,
    log: mailbox.folderLog,
    size: call.prefer.pageSize ?? 10,
    path: `/users/${encodeURIComponent(call.params[0])}/mailFolders/delta`,
    check: only,
    render: (change, query) => project(FOLDER, mailbox.folders.get(change.id) as Folder, query.$select),
    expired: syncStateNotFound,
  })
  return { ...context('Collection(mailFolder)'), ...page }
}

export const folders: Handlers = {
  '/users/{user-id}/mailFolders/{mailFolder-id}': (call) => entity(call, 'mailFolders', FOLDER, folderOf(mailboxOf(call), call.params[1])),
  '/users/{user-id}/mailFolders/delta()': folderDelta,
}
