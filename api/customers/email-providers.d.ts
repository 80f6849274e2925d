declare module 'email-providers' {
  /** Domains of mail services that anybody can use. */
  const domains: string[]
  export default domains
}
