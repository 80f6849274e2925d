// Secrets at rest: AES-256-GCM under the master key. The tenant id is additional data, so that a secret that is copied to
// another tenant's row does not open there.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { AppError } from '../errors.ts'
import type { SealedSecret } from './model.ts'

export interface Vault {
  seal(tenantId: string, secret: string): SealedSecret
  /** @throws AppError `secretInvalid` when the master key is another one or the row has been altered */
  open(tenantId: string, sealed: SealedSecret): string
}

/** @param masterKey 32 bytes */
export function openVault(masterKey: Buffer): Vault {
  return {
    seal(tenantId, secret) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(tenantId))
      const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return { v: 1, nonce: nonce.toString('base64'), data: data.toString('base64'), tag: cipher.getAuthTag().toString('base64') }
    },
    open(tenantId, sealed) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', masterKey, Buffer.from(sealed.nonce, 'base64'), { authTagLength: 16 })
          .setAAD(Buffer.from(tenantId))
          .setAuthTag(Buffer.from(sealed.tag, 'base64'))
        return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new AppError('secretInvalid', {
          cause,
          sentence:
            'The stored client secret cannot be read: Outpost runs with another OUTPOST_MASTER_KEY than it was stored with. '
            + 'Start it with that key again, or enter the secret again under Admin → Integrations.',
        })
      }
    },
  }
}
