// What questions about sync mean, also where customers are called like commands and times.
import { itMeans } from '../testing/questions.fixture.ts'

itMeans(10, {
  'syncStatus *': ['sync status', 'Sync status?', 'sync', 'status sync', 'sync state', 'is sync ok', 'is everything synced', 'how is the sync', 'sync health', 'status of sync'],
})
