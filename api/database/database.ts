// The database: one connection, one object a collection, every index made at the start.
import { MongoClient, type Db, type IndexDescription } from 'mongodb'
import { activitiesIn, activityIndexes } from '../../bot/activities/rows.ts'
import {
  accountIndexes, accountsIn, appRoleHolderIndexes, appRoleHoldersIn, eligibleMembersIn, registrationIndexes, registrationsIn, roleMemberIndexes, roleMembersIn,
} from '../accounts/rows.ts'
import { assessmentIndexes, assessmentsIn } from '../posture/assessments.ts'
import { auditIn, auditIndexes } from '../access/auditRows.ts'
import { bookmarkIndexes, bookmarksIn } from '../sync/bookmarks.ts'
import { cardIndexes, cardsIn } from '../../bot/alerts/rows.ts'
import { changeIndexes, changesIn } from '../changes/rows.ts'
import { customerIndexes, customersIn } from '../customers/rows.ts'
import { allInTime, inTime } from './deadline.ts'
import { findingIndexes, findingsIn } from '../posture/findings.ts'
import { folderIndexes, foldersIn } from '../mail/folderRows.ts'
import { installationIndexes, installationsIn } from '../channels/rows.ts'
import { licenceIndexes, licencesIn } from '../licences/rows.ts'
import { meetingIndexes, meetingsIn } from '../calendar/rows.ts'
import { messageIndexes, messagesIn } from '../mail/rows.ts'
import { migrate } from './migrations.ts'
import { postureIndexes, posturesIn } from '../posture/rows.ts'
import { talkIndexes, talksIn } from '../../bot/talks/rows.ts'
import { tenantIndexes, tenantsIn } from '../tenants/rows.ts'
import { unitIndexes, unitsIn } from '../sync/units.ts'

const indexes: Record<string, IndexDescription[]> = {
  accounts: accountIndexes,
  activities: activityIndexes,
  appRoleHolders: appRoleHolderIndexes,
  assessments: assessmentIndexes,
  audit: auditIndexes,
  bookmarks: bookmarkIndexes,
  cards: cardIndexes,
  changes: changeIndexes,
  customers: customerIndexes,
  eligibleMembers: roleMemberIndexes,
  findings: findingIndexes,
  folders: folderIndexes,
  installations: installationIndexes,
  licences: licenceIndexes,
  meetings: meetingIndexes,
  messages: messageIndexes,
  postures: postureIndexes,
  registrations: registrationIndexes,
  roleMembers: roleMemberIndexes,
  talks: talkIndexes,
  tenants: tenantIndexes,
  units: unitIndexes,
}

/** The collections of a database that is already open. */
export function collectionsIn(db: Db) {
  const rooms = roomsIn(db)
  return Object.fromEntries(Object.entries(rooms).map(([name, room]) => [name, allInTime(room)])) as typeof rooms
}

function roomsIn(db: Db) {
  return {
    accounts: accountsIn(db),
    activities: activitiesIn(db),
    appRoleHolders: appRoleHoldersIn(db),
    assessments: assessmentsIn(db),
    audit: auditIn(db),
    bookmarks: bookmarksIn(db),
    cards: cardsIn(db),
    changes: changesIn(db),
    customers: customersIn(db),
    eligibleMembers: eligibleMembersIn(db),
    findings: findingsIn(db),
    folders: foldersIn(db),
    installations: installationsIn(db),
    licences: licencesIn(db),
    meetings: meetingsIn(db),
    messages: messagesIn(db),
    postures: posturesIn(db),
    registrations: registrationsIn(db),
    roleMembers: roleMembersIn(db),
    talks: talksIn(db),
    tenants: tenantsIn(db),
    units: unitsIn(db),
  }
}

export type Store = ReturnType<typeof collectionsIn> & {
  /** Answers when the database does; throws otherwise. */
  ping(): Promise<void>
  close(): Promise<void>
}

/**
 * Connects, and makes the indexes that are missing.
 * @param uri connection string
 * @throws the driver's error when the database does not answer within 10 seconds
 */
export async function openStore(uri: string, database: string): Promise<Store> {
  // A connection that died without a word is given up after a while, and nobody queues for one for ever.
  const client = new MongoClient(uri, { appName: 'outpost', serverSelectionTimeoutMS: 10_000, waitQueueTimeoutMS: 10_000, socketTimeoutMS: 30_000, ignoreUndefined: false })
  const db = client.db(database)
  try {
    await client.connect()
    await migrate(db)
    for (const [name, list] of Object.entries(indexes)) if (list.length > 0) await db.collection(name).createIndexes(list)
  } catch (error) {
    await client.close()
    throw error
  }
  return {
    ...collectionsIn(db),
    async ping() {
      await inTime(db.command({ ping: 1 }), 3_000)
    },
    close: () => client.close(),
  }
}
