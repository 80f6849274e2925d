// A secret at rest, as the vault makes it.

/** Base64 of a 12-byte nonce, the ciphertext and a 16-byte tag (AES-256-GCM), and the number of this form. */
export interface SealedSecret {
  readonly v: 1
  /** Names the master key without telling it; absent where an older release has sealed. */
  readonly key?: string
  readonly nonce: string
  readonly data: string
  readonly tag: string
}
