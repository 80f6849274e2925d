// Who may import whom: the table of docs/architecture.md, held against the code by `npm run layers`. Type imports count. Tests and
// fixtures may import anything, and nothing imports them. tests/app/layers.test.ts shows that each rule catches what it forbids.

/** What is in `from` may import itself and what is allowed, of all that is ours. */
const only = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.fixture\\.tsx?$' },
  to: { path: '^(api|bot|tab|infra|tests|server\\.ts)', pathNot: [from, ...allowed.map((room) => `^${room}`)] },
})
/** No more than these files may import a package, or a file of ours. */
const onlyFrom = (name, to, ...from) => ({ name, severity: 'error', from: { path: '^(api|bot|tab|infra|server\\.ts)', pathNot: [...from.map((room) => `^${room}`), '\\.fixture\\.tsx?$'] }, to: { path: to } })
const packaged = (name) => `node_modules/${name}(/|$)`

const anywhere = ['api/errors\\.ts', 'api/log\\.ts', 'api/clock\\.ts']
/** Words that api, bot and tab share. */
const models = 'api/(\\w+/(\\w+M|m)odel|posture/share|security/unread|place)\\.ts'

// The floors of the API know no subject. From the bottom up.
const floors = {
  database: [],
  vault: [],
  graph: [],
  people: ['database'],
  access: ['database'],
  changes: ['access', 'people', 'database'],
  sync: ['changes', 'graph', 'database'],
  http: ['access', 'changes'],
}
const context = 'api/context\\.ts'
const everyFloor = Object.keys(floors).filter((floor) => floor !== 'http').map((floor) => `api/${floor}/`)

// Which subject of the API knows which others. What a subject knows stands above it, so there is no circle.
const apiKnows = {
  tenants: [],
  customers: ['tenants'],
  accounts: ['tenants'],
  roles: ['tenants'],
  appRoles: ['accounts', 'tenants'],
  registrations: ['accounts', 'roles', 'tenants'],
  licences: ['accounts', 'customers', 'tenants'],
  securityDefaults: [],
  mailboxes: ['accounts'],
  mail: ['customers', 'mailboxes', 'tenants'],
  calendar: ['customers', 'mailboxes', 'tenants'],
  posture: ['accounts', 'customers', 'registrations', 'roles', 'securityDefaults', 'tenants'],
  security: ['customers', 'posture'],
  overview: ['customers', 'mail', 'posture', 'tenants'],
  connections: ['accounts', 'customers', 'mailboxes', 'tenants'],
  channels: ['customers'],
  audit: ['accounts'],
}
const subject = `api/(${Object.keys(apiKnows).join('|')})/`

// The bot: floors know no subject, a subject knows floors and the subjects that it is listed with, and bot.ts alone knows them all.
const botFloors = ['bot/adapter/port', 'bot/understand/', 'bot/parts/', 'bot/subject\\.ts']
const botKnows = {
  calendar: [],
  channels: [],
  licences: [],
  mail: [],
  posture: ['security'],
  roles: ['posture'],
  security: [],
  sync: [],
}
/** What the API offers the bot: its questions and actions by type, and words. */
const offered = ['api/subjects\\.ts', models, ...anywhere]
/** Rows that the bot reads beside its own. */
const botRows = ['api/database/collection\\.ts', 'api/(channels|customers|tenants|changes)/rows\\.ts', 'api/posture/resultRows\\.ts']
const bot = (room, ...allowed) => only(`bot-${room}`, `^bot/${room}/`, ...allowed, ...offered)

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
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(floors).map(([floor, below]) => only(`floor-${floor}`, `^api/${floor}/`, ...below.map((one) => `api/${one}/`), ...anywhere, ...(floor === 'http' ? [context] : []))),
    only('context', `^${context}`, ...everyFloor),
    ...Object.entries(apiKnows).map(([name, known]) =>
      only(`subject-${name}`, `^api/${name}/`, ...everyFloor, 'api/http/', context, 'api/csv\\.ts', ...anywhere, ...known.map((other) => `api/${other}/`)),
    ),
    // The layer of a file is its name.
    only('models', `^${subject}\\w*[mM]odel\\.ts`, models),
    only('rows', `^${subject}\\w*[rR]ows\\.ts`, 'api/database/', 'api/people/', 'api/access/', 'api/sync/units\\.ts', models, 'api/errors\\.ts', `${subject}(privileged|mark)\\.ts`),
    only('graph', `^${subject}\\w*([gG]raph|probe)\\.ts`, 'api/graph/', models, 'api/sync/lane\\.ts', 'api/errors\\.ts', `${subject}(mark|zone)\\.ts`),
    only('endpoints', `^${subject}endpoints\\.ts`, 'api/http/endpoint\\.ts', 'api/access/', models, `${subject}(actions|query|accountsQuery)\\.ts`),
    onlyFrom('http-in-endpoints-only', '^api/http/(?!model)', 'api/http/', `${subject}endpoints\\.ts`, 'api/subjects\\.ts', 'server\\.ts'),
    { name: 'questions-only-read', severity: 'error', from: { path: `^${subject}\\w*[qQ]uery\\.ts` }, to: { path: '^api/(vault/|graph/client\\.ts|\\w+/(actions|endpoints)\\.ts)' } },
    onlyFrom('graph-is-asked-by-sync-and-actions', '^api/graph/client\\.ts', 'api/graph/', context, 'api/subjects\\.ts', 'api/tenants/sync\\.ts', `${subject}(actions|connectionTest)\\.ts`),
    onlyFrom('driver-in-rows-only', packaged('mongodb'), 'api/database/', `${subject}\\w*[rR]ows\\.ts`, 'bot/\\w+/\\w*[rR]ows\\.ts', 'api/(sync/(units|bookmarks)|people/touched|access/auditRows|changes/rows)\\.ts', 'infra/'),
    onlyFrom('graph-client-in-one-room', packaged('@microsoft/microsoft-graph-client'), 'api/graph/'),
    onlyFrom('msal-in-two-rooms', packaged('@azure/msal-node'), 'api/graph/', 'bot/adapter/'),
    onlyFrom('restify-in-one-room', packaged('restify'), 'api/http/'),
    onlyFrom('config-in-server-only', '^api/config\\.ts$', 'server\\.ts'),
    onlyFrom('botbuilder-in-adapter-only', packaged('(botbuilder|botframework-connector)'), 'bot/adapter/'),
    bot('adapter'),
    bot('understand', ...botFloors),
    bot('parts', ...botFloors),
    bot('talk', ...botFloors, ...botRows),
    ...Object.entries(botKnows).map(([room, known]) => bot(room, ...botFloors, ...known.map((other) => `bot/${other}/`))),
    bot('alerts', ...botRows, 'bot/adapter/', 'bot/parts/'),
    bot('installations', ...botRows, 'bot/channels/', 'bot/talk/', ...botFloors),
    { name: 'bot-rooms-are-listed', severity: 'error', from: { path: '^bot/[^/]+/', pathNot: [`^bot/(adapter|understand|parts|talk|alerts|installations|${Object.keys(botKnows).join('|')})/`, '\\.fixture\\.ts$'] }, to: {} },
    only('bot-subject', '^bot/subject\\.ts', ...botFloors, ...offered),
    only('bot-subjects', '^bot/subjects\\.ts', 'bot/understand/', ...Object.keys(botKnows).map((room) => `bot/${room}/subject\\.ts`)),
    only('bot-stored', '^bot/stored\\.ts', ...botRows, 'bot/\\w+/\\w*[rR]ows\\.ts'),
    only('bot', '^bot/bot\\.ts', 'bot/', 'api/database/collection\\.ts', ...offered),
    onlyFrom('bot-subjects-in-bot-only', '^bot/subjects\\.ts$', 'bot/bot\\.ts'),
    only('tab-teams', '^tab/teams/'),
    only('tab-client', '^tab/client/', 'tab/teams/', 'api/changes/model\\.ts', 'api/http/model\\.ts'),
    only('tab-route', '^tab/route\\.ts', 'api/place\\.ts'),
    only('tab-parts', '^tab/parts/', 'tab/client/', 'tab/teams/', 'api/access/model\\.ts'),
    only('tab-sync', '^tab/sync/', 'tab/parts/', 'api/sync/model\\.ts'),
    ...Object.entries(tabKnows).map(([name, known]) =>
      only(`tab-${name}`, `^tab/${name}/`, 'tab/client/', 'tab/parts/', 'tab/sync/', 'tab/route\\.ts', models, ...known.map((other) => `tab/${other}/`)),
    ),
    only('tab-app', '^tab/(app/|main\\.tsx)', 'tab/', models),
    onlyFrom('teams-js-in-one-room', packaged('@microsoft/(teams-js|teamsfx)'), 'tab/teams/', 'infra/simulator/desk/'),
    only('simulator', '^infra/simulator/'),
    only('simulator-world', '^infra/simulator/world/'),
    only('simulator-graph', '^infra/simulator/graph/', 'infra/simulator/world/', 'infra/simulator/entra/', 'infra/simulator/\\w+\\.ts'),
    only('embedded-mongo', '^infra/embedded-mongo/'),
    { name: 'nothing-imports-server', severity: 'error', from: {}, to: { path: '^server\\.ts$' } },
    { name: 'products-import-no-test', severity: 'error', from: { path: '^(api|bot|tab|infra|server\\.ts)', pathNot: '\\.(test|fixture)\\.tsx?$' }, to: { path: ['\\.(test|fixture)\\.tsx?$', '^tests/', packaged('vitest')] } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
