// A question in words again, put together of what was understood.

/** @param parts in their order; what was left out is null, nothing or not there */
export const phraseOf = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== null && part !== '').join(' ')
