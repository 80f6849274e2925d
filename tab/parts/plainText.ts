/** `text` without the characters that turn the direction of writing: with them an address or a file's name can look like another one. */
export const plainText = (text: string): string => text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, '')
