/** The package of that name: without the file it would be Node's own module, which no browser has. */
declare module 'punycode/punycode.js' {
  const punycode: {
    /** @throws RangeError for a label that is no punycode */
    toUnicode(domain: string): string
    toASCII(domain: string): string
  }
  export default punycode
}
