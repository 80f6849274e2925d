// The bot as the Bot Connector knows it: single tenant, with the app registration that provisioning made.
@minLength(4)
@maxLength(20)
param botServiceName string

@maxLength(42)
param botDisplayName string

param botId string
param tenantId string

@description('Host name under which Outpost answers.')
param domain string

@description('F0 is free and has no limit for Teams.')
param sku string = 'F0'

resource bot 'Microsoft.BotService/botServices@2021-03-01' = {
  name: botServiceName
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: sku
  }
  properties: {
    displayName: botDisplayName
    endpoint: 'https://${domain}/api/messages'
    msaAppId: botId
    msaAppTenantId: tenantId
    msaAppType: 'SingleTenant'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2021-03-01' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
  }
}
