// Whether a tenant has security defaults on, in words.
import type { Posture } from '../../api/posture/model.ts'

/** "Security defaults of Contoso: on", or why it is not known. */
export function securityDefaultsWords({ tenantName, enabled, reason }: Posture['securityDefaults'][number]): string {
  const state = enabled === null ? `unknown${reason === null ? '' : ` — ${reason}`}` : enabled ? 'on' : 'off'
  return `Security defaults of ${tenantName}: ${state}`
}
