// Secrets at rest: AES-256-GCM under the master key. The tenant id is additional data, so that a secret that is copied to
// another tenant's row does not open there. What is sealed says under which key, so that a key can be followed by another.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { AppError } from '../errors.ts'
import type { SealedSecret } from './model.ts'

export interface Vault {
  seal(tenantId: string, secret: string): SealedSecret
  /** @throws AppError `secretInvalid` when no key that is given opens it, or the row has been altered */
  open(tenantId: string, sealed: SealedSecret): string
  /** Whether one of the keys that are given opens it. */
  opens(tenantId: string, sealed: SealedSecret): boolean
  /** Whether it is sealed under the newest key. */
  isNewest(sealed: SealedSecret): boolean
}

/** The name of a key: nobody can tell the key from it. */
const nameOf = (key: Buffer): string => createHmac('sha256', key).update('outpost master key').digest('hex').slice(0, 16)

/**
 * @param newest 32 bytes: what seals
 * @param older keys that still open what they have sealed
 */
export function openVault(newest: Buffer, older: readonly Buffer[] = []): Vault {
  const newestName = nameOf(newest)
  const keys = new Map([newest, ...older].map((key) => [nameOf(key), key]))

  /** Undefined where no key opens it. */
  function opened(tenantId: string, sealed: SealedSecret): string | undefined {
    const named = sealed.key === undefined ? undefined : keys.get(sealed.key)
    const candidates = sealed.key === undefined ? [...keys.values()] : named === undefined ? [] : [named]
    for (const key of candidates) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'), { authTagLength: 16 })
          .setAAD(Buffer.from(tenantId))
          .setAuthTag(Buffer.from(sealed.tag, 'base64'))
        return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]).toString('utf8')
      } catch {
        // It was sealed under another one, or has been altered: both are told by the lack of an answer.
      }
    }
    return undefined
  }

  return {
    seal(tenantId, secret) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', newest, nonce).setAAD(Buffer.from(tenantId))
      const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return { v: 1, key: newestName, nonce: nonce.toString('base64'), data: data.toString('base64'), tag: cipher.getAuthTag().toString('base64') }
    },
    open(tenantId, sealed) {
      const secret = opened(tenantId, sealed)
      if (secret !== undefined) return secret
      throw new AppError('secretInvalid', {
        sentence:
          'The stored client secret cannot be read: Outpost runs with another OUTPOST_MASTER_KEY than it was stored with. '
          + 'Start it with that key again, also as OUTPOST_MASTER_KEY_OLD, or enter the secret again under Admin → Integrations.',
      })
    },
    opens: (tenantId, sealed) => opened(tenantId, sealed) !== undefined,
    isNewest: ({ key }) => key === newestName,
  }
}
