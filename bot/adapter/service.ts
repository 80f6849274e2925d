// Whom the bot talks to. The service URL comes with each activity, is kept, and receives what the bot says together with a token of
// the bot: it has to be one of Teams' connectors.

/** @param origins of the connectors. @returns false for anything else, also for what is no address */
export function isService(origins: readonly string[], serviceUrl: unknown): boolean {
  return typeof serviceUrl === 'string' && URL.canParse(serviceUrl) && origins.includes(new URL(serviceUrl).origin)
}
