// `npm run rotate-key`: seals every client secret under OUTPOST_MASTER_KEY that lies under OUTPOST_MASTER_KEY_OLD. The product may run
// meanwhile, if it has both (docs/setup.md).
import { MongoClient } from 'mongodb'
import { ConfigError, readConfig } from '../api/config.ts'
import { databaseIn } from '../api/database/collection.ts'
import { withLease } from '../api/database/lease.ts'
import { reseal } from '../api/tenants/reseal.ts'
import { openVault } from '../api/vault/vault.ts'

function giveUp(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function configOrGiveUp() {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (error instanceof ConfigError) giveUp(error.message)
    throw error
  }
}

const config = configOrGiveUp()
const client = new MongoClient(config.MONGODB_URI, { serverSelectionTimeoutMS: 10_000 })
const db = client.db(config.MONGODB_DATABASE)
const vault = openVault(config.OUTPOST_MASTER_KEY, config.OUTPOST_MASTER_KEY_OLD === undefined ? [] : [config.OUTPOST_MASTER_KEY_OLD])
try {
  const { resealed, already, closed } = await withLease(db, 'masterKey', (keep) => reseal(databaseIn(db), vault, keep))
  console.log(`${resealed} client secrets were sealed under the new master key; ${already} were already.`)
  // Where there was nothing to open, nobody can say that the old key is needed no more.
  if (resealed + already + closed.length === 0) console.log(`No tenant is connected in the database ${config.MONGODB_DATABASE}. If there should be one, check MONGODB_URI and MONGODB_DATABASE.`)
  else if (closed.length === 0) console.log(config.OUTPOST_MASTER_KEY_OLD === undefined ? 'OUTPOST_MASTER_KEY_OLD was not given, and is not needed.' : 'OUTPOST_MASTER_KEY_OLD can be taken away from every copy of Outpost.')
  else giveUp(`${closed.length} could not be opened with either key, of the tenants ${closed.join(', ')}. Run it again with the key under which they were stored as OUTPOST_MASTER_KEY_OLD, or enter their secrets again under Admin → Integrations.`)
} catch (error) {
  giveUp(`The secrets could not be sealed anew: ${(error as Error).message}. Nothing is lost; run it again.`)
} finally {
  await client.close()
}
