// Who the bot is, and whom it talks to.
import type { INetworkModule } from '@azure/msal-node'

export interface BotConfig {
  /** Application id of the bot. */
  readonly botId: string
  readonly botSecret: string
  /** The MSP's own tenant: where the bot is registered, and the only one that it talks to. */
  readonly tenantId: string
  /** Where login.microsoftonline.com is reached. */
  readonly entraOrigin: string
  /** OpenID document with the keys of the Bot Connector. */
  readonly openIdUrl: string
  /** Origins under which Teams' connector is spoken to. */
  readonly serviceOrigins: readonly string[]
  /**
   * The requests for tokens and for keys: they end, whatever is answered. With its own MSAL would wait by itself where Entra asks for patience,
   * and not say so.
   */
  readonly network: INetworkModule
}
