// Who may import whom: the table of docs/architecture.md, held against the code by `npm run layers`. Type imports count. Tests and
// fixtures may import anything, and nothing imports them. tests/documents/layers.test.ts shows that each rule catches what it forbids.

const ours = '^(api|bot|tab|infra|tests|bench|scripts|[\\w.]+\\.ts$)'
/** What is in `from` may import what is allowed, of all that is ours. */
const layer = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.fixture\\.tsx?$' },
  to: { path: ours, pathNot: allowed.map((room) => `^${room}`) },
})
/** The same, and itself. */
const only = (name, from, ...allowed) => layer(name, from, from.slice(1), ...allowed)
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
const collection = 'api/database/collection\\.ts'
const apiRows = (...names) => names.map((name) => `api/${name}\\.ts`)
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
    { name: 'api-rooms-are-listed', severity: 'error', from: { path: '^api/[^/]+/', pathNot: [`^${subject}`, `^api/(${Object.keys(floors).join('|')})/`, '\\.fixture\\.ts$'] }, to: {} },
    layer('api-words', '^api/(errors|log|clock|config|csv|proxy)\\.ts', 'api/errors\\.ts'),
    layer('api-streams', '^api/streams\\.ts', `${subject}\\w*[sS]tream\\.ts`, 'api/sync/stream\\.ts'),
    // The layer of a file is its name. `$1` is the subject of the file that imports.
    layer('models', `^${models}`, models),
    layer('rows', `^${subject}\\w*[rR]ows\\.ts`, 'api/$1/\\w*[rR]ows\\.ts', 'api/database/', 'api/people/', 'api/access/', 'api/sync/units\\.ts', models, 'api/errors\\.ts'),
    layer('graph', `^${subject}\\w*([gG]raph|probe)\\.ts`, 'api/$1/(\\w*[gG]raph|mark)\\.ts', 'api/graph/', models, 'api/sync/lane\\.ts', 'api/errors\\.ts'),
    layer('endpoints', `^${subject}endpoints\\.ts`, 'api/http/endpoint\\.ts', 'api/access/', models, 'api/$1/(actions|\\w*[qQ]uery)\\.ts'),
    layer('checks', '^api/posture/checks/', 'api/posture/(judged|findingRows)\\.ts', models),
    onlyFrom('questions-are-asked-from-above', `^${subject}\\w*[qQ]uery\\.ts`, `${subject}(\\w*[qQ]uery|actions|endpoints|connectionTest)\\.ts`, 'api/subjects\\.ts'),
    onlyFrom('actions-are-done-from-above', `^${subject}(actions|connectionTest)\\.ts`, `${subject}(actions|endpoints)\\.ts`, 'api/subjects\\.ts'),
    onlyFrom('endpoints-are-listed', `^${subject}endpoints\\.ts`, 'api/subjects\\.ts'),
    onlyFrom('requests-in-graph-files-only', '^api/graph/(batch|exchange|graph|list)\\.ts', 'api/(graph|sync)/', `${subject}\\w*([gG]raph|probe)\\.ts`),
    onlyFrom('http-in-endpoints-only', '^api/http/(?!model)', 'api/http/', `${subject}endpoints\\.ts`, 'api/subjects\\.ts', 'server\\.ts'),
    { name: 'questions-only-read', severity: 'error', from: { path: `^${subject}\\w*[qQ]uery\\.ts` }, to: { path: '^api/(vault/|graph/|\\w+/(\\w*[gG]raph|probe|actions|endpoints)\\.ts)' } },
    onlyFrom('graph-is-asked-by-sync-and-actions', '^api/graph/client\\.ts', 'api/graph/', context, 'api/subjects\\.ts', 'api/tenants/sync\\.ts', `${subject}(actions|connectionTest)\\.ts`),
    onlyFrom('driver-in-rows-only', packaged('mongodb'), 'api/database/', `${subject}\\w*[rR]ows\\.ts`, 'bot/\\w+/\\w*[rR]ows\\.ts', 'api/(sync/(units|bookmarks)|people/touched|access/auditRows|changes/rows)\\.ts', 'infra/'),
    onlyFrom('graph-client-in-one-room', packaged('@microsoft/microsoft-graph-client'), 'api/graph/'),
    onlyFrom('msal-in-two-rooms', packaged('@azure/msal-\\w+'), 'api/graph/', 'bot/adapter/'),
    onlyFrom('restify-in-one-room', packaged('restify[\\w-]*'), 'api/http/'),
    onlyFrom('config-in-server-only', '^api/config\\.ts$', 'server\\.ts'),
    onlyFrom('botbuilder-in-adapter-only', packaged('(botbuilder|botframework)[\\w-]*'), 'bot/adapter/'),
    bot('adapter'),
    bot('understand', ...botFloors),
    bot('parts', ...botFloors),
    bot('talk', ...botFloors, collection),
    ...Object.entries(botKnows).map(([room, known]) => bot(room, ...botFloors, ...known.map((other) => `bot/${other}/`))),
    bot('alerts', collection, ...apiRows('channels/rows', 'posture/resultRows'), 'bot/adapter/', 'bot/parts/'),
    bot('installations', collection, ...apiRows('channels/rows', 'changes/rows'), 'bot/channels/', 'bot/talk/', ...botFloors),
    { name: 'bot-rooms-are-listed', severity: 'error', from: { path: '^bot/[^/]+/', pathNot: [`^bot/(adapter|understand|parts|talk|alerts|installations|${Object.keys(botKnows).join('|')})/`, '\\.fixture\\.ts$'] }, to: {} },
    only('bot-subject', '^bot/subject\\.ts', ...botFloors, ...offered),
    only('bot-subjects', '^bot/subjects\\.ts', 'bot/understand/', ...Object.keys(botKnows).map((room) => `bot/${room}/subject\\.ts`)),
    only('bot-stored', '^bot/stored\\.ts', collection, ...apiRows('(channels|customers|tenants|changes)/rows', 'posture/resultRows'), 'bot/\\w+/\\w*[rR]ows\\.ts'),
    only('bot', '^bot/bot\\.ts', 'bot/', collection, ...offered),
    onlyFrom('bot-subjects-in-bot-only', '^bot/subjects\\.ts$', 'bot/bot\\.ts'),
    only('tab-teams', '^tab/teams/'),
    only('tab-client', '^tab/client/', 'tab/teams/', 'api/changes/model\\.ts', 'api/http/model\\.ts'),
    only('tab-route', '^tab/route\\.ts', 'api/place\\.ts'),
    only('tab-parts', '^tab/parts/', 'tab/client/', 'tab/teams/', 'api/access/model\\.ts'),
    only('tab-sync', '^tab/sync/', 'tab/parts/', 'api/sync/model\\.ts'),
    ...Object.entries(tabKnows).map(([name, known]) =>
      only(`tab-${name}`, `^tab/${name}/`, 'tab/client/', 'tab/parts/', 'tab/sync/', 'tab/route\\.ts', models, ...known.map((other) => `tab/${other}/`)),
    ),
    only('tab-app', '^tab/app/', 'tab/', models),
    { name: 'tab-rooms-are-listed', severity: 'error', from: { path: '^tab/[^/]+/', pathNot: `^tab/(app|client|parts|sync|teams|${Object.keys(tabKnows).join('|')})/` }, to: {} },
    onlyFrom('teams-js-in-one-room', packaged('@microsoft/(teams-js|teamsfx)'), 'tab/teams/', 'infra/simulator/desk/'),
    only('simulator', '^infra/simulator/'),
    only('simulator-world', '^infra/simulator/world/'),
    only('simulator-graph', '^infra/simulator/graph/', 'infra/simulator/world/', 'infra/simulator/entra/', 'infra/simulator/\\w+\\.ts'),
    only('embedded-mongo', '^infra/embedded-mongo/'),
    { name: 'nothing-imports-server', severity: 'error', from: {}, to: { path: '^server\\.ts$' } },
    { name: 'products-import-no-test', severity: 'error', from: { path: '^(api|bot|tab|infra|server\\.ts)', pathNot: '\\.(test|fixture)\\.tsx?$' }, to: { path: ['\\.(test|fixture)\\.tsx?$', '^tests/', packaged('vitest')] } },
  ],
  options: {
    // Tests are not read. They are not excluded, because then nobody saw a product that imports one.
    doNotFollow: { path: ['node_modules', '\\.test\\.tsx?$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
