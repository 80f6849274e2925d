import { shareWorker } from './worker.fixture.ts'

shareWorker()
