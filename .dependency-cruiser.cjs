// Who may import whom, as docs/architecture.md says. Test files are left out: they may import anything.
const only = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(api|bot|tab|infra|server\\.ts)', pathNot: [from, ...allowed.map((room) => `^${room}`)] },
})
const everywhere = ['api/errors\\.ts', 'api/log\\.ts', 'api/clock\\.ts']
const model = 'api/model/'

// Which subject of the tab knows which other; the frame in tab/app knows all of them, and none knows it.
const tabKnows = {
  audit: [],
  calendar: ['mail'],
  channels: ['customers'],
  customers: ['posture'],
  licences: [],
  mail: [],
  posture: [],
  security: ['customers', 'posture'],
  tenants: ['customers'],
}

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    only('model', '^api/model/'),
    only('graph', '^api/graph/', model, ...everywhere),
    only('vault', '^api/vault/', model, ...everywhere),
    only('store', '^api/store/', model, ...everywhere),
    only('posture', '^api/posture/(?!assess)', model, 'api/posture/', ...everywhere),
    only('posture-assess', '^api/posture/assess', 'api/posture/', 'api/store/', model, ...everywhere),
    only('sync', '^api/sync/', 'api/graph/', 'api/store/', 'api/vault/', 'api/posture/', model, ...everywhere),
    only('query', '^api/query/', 'api/store/', 'api/posture/', model, ...everywhere),
    only('actions', '^api/actions/', 'api/query/', 'api/graph/', 'api/sync/', 'api/store/', 'api/vault/', 'api/posture/', model, ...everywhere),
    only('routes', '^api/routes/', 'api/query/', 'api/actions/', 'api/sync/notifications', model, ...everywhere),
    only('bot', '^bot/(?!alerts/|installations/)', 'api/query/', 'api/actions/', 'bot/', model, ...everywhere),
    only('bot-alerts', '^bot/(alerts|installations)/', 'api/query/', 'api/actions/', 'api/store/', 'bot/', model, ...everywhere),
    only('tab-teams', '^tab/teams/'),
    only('tab-client', '^tab/client/', 'tab/teams/', 'api/model/(change|failure)\\.ts'),
    only('tab-route', '^tab/route\\.ts', 'api/model/place\\.ts'),
    only('tab-parts', '^tab/parts/', 'tab/client/', 'tab/teams/', 'api/model/actor\\.ts'),
    only('tab-sync', '^tab/sync/', 'tab/parts/', 'api/model/stream\\.ts'),
    ...Object.entries(tabKnows).map(([subject, known]) =>
      only(`tab-${subject}`, `^tab/${subject}/`, 'tab/client/', 'tab/parts/', 'tab/sync/', 'tab/route\\.ts', model, ...known.map((other) => `tab/${other}/`)),
    ),
    only('tab-app', '^tab/app/', 'tab/', model),
    { name: 'tab-no-cycles', severity: 'error', from: { path: '^tab/' }, to: { circular: true } },
    only('simulator', '^infra/simulator/'),
    only('simulator-world', '^infra/simulator/world/'),
    only('simulator-graph', '^infra/simulator/graph/', 'infra/simulator/world/', 'infra/simulator/entra/', 'infra/simulator/\\w+\\.ts'),
    only('embedded-mongo', '^infra/embedded-mongo/'),
    { name: 'nothing-imports-server', severity: 'error', from: {}, to: { path: '^server\\.ts$' } },
    { name: 'botbuilder-in-adapter-only', severity: 'error', from: { pathNot: '^bot/adapter/' }, to: { path: 'node_modules/(botbuilder|botframework)' } },
    { name: 'config-in-server-only', severity: 'error', from: { pathNot: '^server\\.ts$' }, to: { path: '^api/config\\.ts$' } },
    { name: 'teams-js-in-one-room', severity: 'error', from: { path: '^tab/', pathNot: '^tab/teams/' }, to: { path: 'node_modules/@microsoft/(teams-js|teamsfx)' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$|\\.fixture\\.ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
