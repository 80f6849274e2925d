import type { Security } from '../../api/security/model.ts'
import type { Question } from '../client/loading.ts'
import { csv, json, type CsvFile } from '../client/request.ts'

export const securityOfAll: Question<Security> = {
  key: ['security'],
  ask: (signal) => json<Security>('/security', { signal }),
  watch: { kinds: ['posture', 'customers', 'tenants'] },
}

export const securityCsv = (): Promise<CsvFile> => csv('/security.csv')
