// The master key, as an operator gives it.

export const keyBytes = 32
/** Of 32 random bytes about 30 differ; fewer than this never happens by chance. */
const fewestDifferent = 16

/**
 * Whether these bytes were written by hand rather than drawn: all the same, a word over and over, one after the other, a sentence.
 * @param key 32 bytes
 */
export function isWeak(key: Buffer): boolean {
  const steps = new Set(key.subarray(1).map((byte, at) => byte - key[at]!))
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f)
  const half = keyBytes / 2
  return new Set(key).size < fewestDifferent || steps.size === 1 || isText || key.subarray(0, half).equals(key.subarray(half))
}
