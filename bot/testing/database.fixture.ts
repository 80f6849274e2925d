// For tests: what the bot keeps, in a database of their own.
import { openTestDatabase } from '../../api/database/database.fixture.ts'
import { storedIn } from '../stored.ts'

/** What is stored, on an empty database, and the driver's view of it; both are removed at the end. */
export async function openTestStore() {
  const test = await openTestDatabase()
  return { store: storedIn(test.db), database: test.db, db: test.driver, close: () => test.close() }
}
