// Outpost in Azure: one web app, a key vault for its secrets, the registration of the bot. The database is not part of it: any
// MongoDB that the web app can reach. Who deploys this needs the right to assign roles, for the vault.
@minLength(4)
@maxLength(20)
@description('Letters and digits. Names everything here, so it has to be unique in Azure.')
param resourceBaseName string

param location string = resourceGroup().location

@description('B1 is the smallest that keeps the app awake, which reading mail needs.')
param webAppSku string = 'B1'

@maxLength(42)
param botDisplayName string = 'Outpost'

@description('Your own host name, once it is bound to the web app with a certificate. Empty: the one that Azure gives.')
param publicDomain string = ''

@description('Tenant of the managed service provider: not always the one that pays for Azure.')
param tenantId string
param clientId string
param teamsAppId string
param botId string

@secure()
param botSecret string

@secure()
param mongodbUri string

@description('32 bytes in base64. Never change it: what is encrypted with the old one could not be read any more.')
@secure()
param masterKey string

var domain = empty(publicDomain) ? webApp.properties.defaultHostName : publicDomain
// Microsoft's built-in role "Key Vault Secrets User": reads secrets, and nothing else.
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

// An identity of its own and not the web app's, so that it may read the vault before the web app starts for the first time.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2018-11-30' = {
  name: resourceBaseName
  location: location
}

resource vault 'Microsoft.KeyVault/vaults@2021-10-01' = {
  name: 'kv${resourceBaseName}'
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    // Who loses the master key has to enter every tenant's client secret again.
    enablePurgeProtection: true
  }
}

resource botSecretEntry 'Microsoft.KeyVault/vaults/secrets@2021-10-01' = {
  parent: vault
  name: 'outpost-bot-secret'
  properties: {
    value: botSecret
  }
}

resource mongodbUriEntry 'Microsoft.KeyVault/vaults/secrets@2021-10-01' = {
  parent: vault
  name: 'mongodb-uri'
  properties: {
    value: mongodbUri
  }
}

resource masterKeyEntry 'Microsoft.KeyVault/vaults/secrets@2021-10-01' = {
  parent: vault
  name: 'outpost-master-key'
  properties: {
    value: masterKey
  }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, secretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource plan 'Microsoft.Web/serverfarms@2021-02-01' = {
  name: resourceBaseName
  location: location
  kind: 'linux'
  sku: {
    name: webAppSku
  }
  properties: {
    reserved: true
  }
}

resource webApp 'Microsoft.Web/sites@2021-02-01' = {
  name: resourceBaseName
  location: location
  kind: 'app,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identity.id}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    siteConfig: {
      linuxFxVersion: 'NODE|22-lts'
      appCommandLine: 'npm run serve'
      alwaysOn: true
      healthCheckPath: '/readyz'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
  }
}

// Apart from the web app, because they name its host. App Service itself sets PORT.
resource settings 'Microsoft.Web/sites/config@2021-02-01' = {
  parent: webApp
  name: 'appsettings'
  properties: {
    WEBSITE_RUN_FROM_PACKAGE: '1'
    NODE_ENV: 'production'
    // App Service's own front ends.
    OUTPOST_TRUSTED_PROXIES: 'linklocal, uniquelocal'
    OUTPOST_PUBLIC_URL: 'https://${domain}'
    OUTPOST_TENANT_ID: tenantId
    OUTPOST_CLIENT_ID: clientId
    OUTPOST_TEAMS_APP_ID: teamsAppId
    OUTPOST_BOT_ID: botId
    // Without a version, so that a secret that is replaced in the vault arrives within a day.
    OUTPOST_BOT_SECRET: '@Microsoft.KeyVault(SecretUri=${botSecretEntry.properties.secretUri})'
    OUTPOST_MASTER_KEY: '@Microsoft.KeyVault(SecretUri=${masterKeyEntry.properties.secretUri})'
    MONGODB_URI: '@Microsoft.KeyVault(SecretUri=${mongodbUriEntry.properties.secretUri})'
  }
  dependsOn: [
    mayReadSecrets
  ]
}

module bot './botRegistration/azurebot.bicep' = {
  name: 'bot'
  params: {
    botServiceName: resourceBaseName
    botDisplayName: botDisplayName
    botId: botId
    tenantId: tenantId
    domain: domain
  }
}

// The toolkit writes outputs into env/.env.<name> under these names.
output AZURE_APP_SERVICE_RESOURCE_ID string = webApp.id
output TAB_DOMAIN string = domain
