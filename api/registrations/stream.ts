// What accounts can sign in with: the registration report or, in a tenant that has none, the methods of its privileged accounts.
import { AppError } from '../errors.ts'
import type { Round } from '../sync/round.ts'
import type { Stream } from '../sync/stream.ts'
import { directoryRead } from '../tenants/directoryRead.ts'
import { hasPremium } from '../tenants/graph.ts'
import { methodsOfAccounts, registrationReport, reportLane } from './graph.ts'
import { syncMethods } from './methods.ts'
import { syncReport } from './report.ts'
import { Registrations } from './rows.ts'

export const registrationStream: Stream = {
  name: 'mfa',
  words: { title: 'MFA registration', one: 'MFA registration report', many: 'MFA registration reports', per: 'tenant' },
  of: 'every',
  needs: [directoryRead],
  optional: [registrationReport, methodsOfAccounts],
  order: 5,
  lane: reportLane,
  rows: [Registrations],
  read,
}

/**
 * Method types only are kept. A tenant without Entra ID P1 has no report: then privileged accounts are asked
 * one by one, and the stream still says that the others are unknown, and why.
 * @returns rows seen
 * @throws NotYet when it is not known yet who is privileged
 */
async function read(round: Round): Promise<number> {
  try {
    return await syncReport(round)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'licenceMissing') throw error
    // Microsoft has been seen to say so of tenants that have the licence: it is believed only when none is there.
    if (await hasPremium(round.graph)) {
      throw new AppError('serviceUnavailable', {
        cause: error,
        sentence: 'Microsoft says that the licence for this report is missing, although the tenant has it. This is known to pass; Outpost tries again by itself.',
      })
    }
    await syncMethods(round)
    throw error
  }
}
