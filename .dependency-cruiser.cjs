// Who may import whom: the table of docs/architecture.md, held against the code by `npm run layers`. Type imports count. Tests and
// fixtures may import anything, and nothing imports them. tests/documents/layers.test.ts shows that each rule catches what it forbids.
// A comment is printed with each import that breaks its rule.

/** Of a rule that the table holds too. */
const seeRooms = 'Who may import whom stands in docs/architecture.md under “The rooms”.'
const ours = '^(api|bot|tab|infra|tests|bench|scripts|[\\w.]+\\.ts$)'
/** What is in `from` may import what is allowed, of all that is ours. */
const layer = (name, from, ...allowed) => ({
  name,
  comment: seeRooms,
  severity: 'error',
  from: { path: from, pathNot: '\\.fixture\\.tsx?$' },
  to: { path: ours, pathNot: allowed.map((room) => `^${room}`) },
})
/** The same, and itself. */
const only = (name, from, ...allowed) => layer(name, from, from.slice(1), ...allowed)
/** No more than these files may import a package, or a file of ours. */
const onlyFrom = (name, to, ...from) => ({ name, comment: seeRooms, severity: 'error', from: { path: '^(api|bot|tab|infra|server\\.ts)', pathNot: [...from.map((room) => `^${room}`), '\\.fixture\\.tsx?$'] }, to: { path: to } })
const packaged = (name) => `node_modules/${name}(/|$)`
/** Each file of a room stands in a folder that has a rule, or has a rule of its own. */
const listed = (room, comment, ...places) => ({ name: `${room}-rooms-are-listed`, comment, severity: 'error', from: { path: `^${room}/`, pathNot: [...places.map((place) => `^${room}/${place}`), '\\.fixture\\.tsx?$'] }, to: {} })
const newFolder = (list) => `A new folder gets a line in \`${list}\` of .dependency-cruiser.cjs, with the subjects that it knows, and an example of what it may not import in tests/documents/layers.fixture.ts.`
/** These files may import what is allowed, and of the rest types alone. */
const typesBut = (name, from, to, ...allowed) => ({ name, comment: seeRooms, severity: 'error', from: { path: from, pathNot: '\\.fixture\\.tsx?$' }, to: { path: to, pathNot: allowed.map((room) => `^${room}`), dependencyTypesNot: ['type-only'] } })

const anywhere = ['api/errors\\.ts', 'api/log\\.ts', 'api/clock\\.ts', 'api/(visible|asWritten)\\.ts']
/** Words that api, bot and tab share. */
const models = 'api/(\\w+/(\\w+M|m)odel|posture/share|security/unread|audit/actionWords|place|visible|asWritten)\\.ts'

/** Files that say at their top that they are pure, and what they judge with. */
const pure = [
  'api/errors\\.ts', 'api/people/(address|participants)\\.ts', 'api/sync/(doubt|places)\\.ts', 'api/connections/status\\.ts', 'api/roles/privileged\\.ts',
  'api/mailboxes/(bounds|mark)\\.ts', 'api/mail/(copies|filter|mark)\\.ts', 'api/calendar/(filter|mark|zone)\\.ts', 'api/posture/(judged|unknown|checks/\\w+)\\.ts', 'bot/understand/',
]

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
const outside = 'api/outside\\.ts'
const tokenCheck = 'api/tokenCheck\\.ts'
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
  overview: ['customers', 'mail', 'mailboxes', 'posture', 'tenants'],
  connections: ['accounts', 'customers', 'mailboxes', 'tenants'],
  channels: ['customers'],
  audit: ['accounts', 'channels', 'customers', 'tenants'],
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

/** The root of the simulator, but what starts it. */
const simulated = 'infra/simulator/(?!(main|server)\\.ts)\\w+\\.ts'

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Two files that need each other are one, or share a third.', severity: 'error', from: {}, to: { circular: true } },
    ...Object.entries(floors).map(([floor, below]) => only(`floor-${floor}`, `^api/${floor}/`, ...below.map((one) => `api/${one}/`), ...anywhere, ...(floor === 'http' ? [context, outside, tokenCheck] : floor === 'graph' ? [outside] : []))),
    only('context', `^${context}`, ...everyFloor),
    ...Object.entries(apiKnows).map(([name, known]) =>
      only(`subject-${name}`, `^api/${name}/`, ...everyFloor, 'api/http/', context, 'api/csv\\.ts', ...anywhere, ...known.map((other) => `api/${other}/`)),
    ),
    only('health', '^api/health/', 'api/(vault|database)/', 'api/graph/resource\\.ts', 'api/sync/(model|units)\\.ts', 'api/tenants/reseal\\.ts', 'api/http/model\\.ts', ...anywhere),
    listed('api', newFolder('apiKnows'), `(health|${[...Object.keys(floors), ...Object.keys(apiKnows)].join('|')})/`, '(errors|log|repeats|clock|config|context|csv|outside|tokenCheck|place|visible|asWritten|proxy|streams|subjects)\\.ts'),
    { name: 'subjects-are-flat', comment: 'In a folder of its own a file would have no layer.', severity: 'error', from: { path: `^${subject}[^/]+/`, pathNot: ['^api/posture/checks/[^/]+$', '\\.fixture\\.ts$'] }, to: {} },
    layer('api-words', '^api/(errors|log|repeats|clock|config|csv|outside|tokenCheck|proxy)\\.ts', 'api/(errors|repeats|visible|vault/masterKey)\\.ts'),
    layer('api-streams', '^api/streams\\.ts', `${subject}\\w*[sS]tream\\.ts`, 'api/sync/stream\\.ts'),
    layer('api-subjects', '^api/subjects\\.ts', 'api/'),
    // The layer of a file is its name. `$1` is the subject of the file that imports.
    layer('models', `^${models}`, models),
    layer('rows', `^${subject}\\w*[rR]ows\\.ts`, 'api/$1/\\w*[rR]ows\\.ts', 'api/database/', 'api/people/', 'api/access/', 'api/sync/units\\.ts', models, 'api/$1/mark\\.ts', 'api/errors\\.ts'),
    layer('graph', `^${subject}\\w*([gG]raph|probe)\\.ts`, 'api/$1/(\\w*[gG]raph|mark)\\.ts', 'api/graph/', models, 'api/sync/lane\\.ts', 'api/errors\\.ts'),
    layer('endpoints', `^${subject}endpoints\\.ts`, 'api/http/endpoint\\.ts', 'api/access/', models, 'api/$1/(actions|\\w*[qQ]uery)\\.ts'),
    layer('checks', '^api/posture/checks/', 'api/posture/(judged|findingRows)\\.ts', models),
    typesBut('pure', `^(${pure.join('|')})`, ours, ...pure, models),
    { name: 'graph-types-end-at-rows', comment: seeRooms, severity: 'error', from: { path: [`^${models}`, `^${subject}(\\w*([rR]ows|[qQ]uery)|endpoints)\\.ts`, '^api/(posture|security|overview)/', '^(bot|tab)/'] }, to: { path: '(^|/)@microsoft/microsoft-graph-types(/|$)' } },
    onlyFrom('questions-are-asked-from-above', `^${subject}\\w*[qQ]uery\\.ts`, `${subject}(\\w*[qQ]uery|actions|endpoints|connectionTest)\\.ts`, 'api/subjects\\.ts'),
    onlyFrom('actions-are-done-from-above', `^${subject}(actions|connectionTest)\\.ts`, `${subject}(actions|endpoints)\\.ts`, 'api/subjects\\.ts'),
    onlyFrom('endpoints-are-listed', `^${subject}endpoints\\.ts`, 'api/subjects\\.ts'),
    // `inMailbox` hands the client on to them.
    onlyFrom('requests-in-graph-files-only', '^api/graph/(batch|exchange|graph|list|text)\\.ts', 'api/(graph|sync)/', 'api/mailboxes/inMailbox\\.ts', `${subject}\\w*([gG]raph|probe)\\.ts`),
    onlyFrom('http-in-endpoints-only', '^api/http/(?!model)', 'api/http/', `${subject}endpoints\\.ts`, 'api/subjects\\.ts', 'server\\.ts'),
    { name: 'questions-only-read', comment: 'A question reads rows. Graph is asked, and rows are written, by sync and by actions.', severity: 'error', from: { path: `^${subject}\\w*[qQ]uery\\.ts` }, to: { path: '^api/(vault/|graph/|sync/(?!(freshness|model|units)\\.ts)|mailboxes/stream\\.ts|\\w+/(\\w*[gG]raph|probe|actions|endpoints|each|folders?|job|members|methods|page|report|sync|user)\\.ts)' } },
    onlyFrom('graph-is-asked-by-sync-and-actions', '^api/(graph/client|mailboxes/inMailbox)\\.ts', 'api/graph/', context, 'api/subjects\\.ts', 'api/tenants/sync\\.ts', `${subject}(actions|connectionTest)\\.ts`),
    onlyFrom('tokens-for-graph-only', '^api/graph/token\\.ts', 'api/graph/', `${subject}connectionTest\\.ts`, 'server\\.ts'),
    onlyFrom('vault-behind-context', '^api/vault/vault\\.ts', 'api/vault/', context, 'api/tenants/(sync|reseal)\\.ts', 'api/health/', 'server\\.ts'),
    onlyFrom('context-for-who-asks-only', `^${context}`, 'api/http/', `${subject}(\\w*[qQ]uery|actions|connectionTest)\\.ts`, 'api/subjects\\.ts', 'server\\.ts'),
    onlyFrom('worker-in-server-only', '^api/sync/(worker|run|options)\\.ts', 'api/sync/', 'server\\.ts'),
    onlyFrom('driver-in-rows-only', packaged('mongodb'), 'api/database/', `${subject}\\w*[rR]ows\\.ts`, 'bot/\\w+/\\w*[rR]ows\\.ts', 'api/(sync/(units|bookmarks)|people/touched|access/auditRows|changes/rows)\\.ts', 'infra/'),
    onlyFrom('graph-client-in-one-room', packaged('@microsoft/microsoft-graph-client'), 'api/graph/'),
    onlyFrom('msal-in-two-rooms', packaged('@azure/msal-\\w+'), 'api/graph/', 'bot/adapter/'),
    onlyFrom('restify-in-one-room', packaged('restify[\\w-]*'), 'api/http/'),
    onlyFrom('text-of-others-is-read-in-its-thread', '^api/mailboxes/(sanitise|words)\\.ts', 'api/mailboxes/cleaning\\.ts'),
    onlyFrom('microsoft-is-asked-in-two-rooms', `^${outside}`, 'api/graph/', 'api/http/'),
    onlyFrom('tokens-are-checked-at-two-doors', `^${tokenCheck}`, 'api/http/', 'bot/adapter/'),
    onlyFrom('config-in-server-only', '^api/config\\.ts$', 'server\\.ts'),
    onlyFrom('botbuilder-in-adapter-only', packaged('(botbuilder|botframework)[\\w-]*'), 'bot/adapter/'),
    typesBut('bot-asks-by-type', '^bot/', '^api/subjects\\.ts'),
    bot('adapter', tokenCheck),
    bot('understand', ...botFloors),
    bot('parts', ...botFloors),
    bot('talk', ...botFloors, collection),
    ...Object.entries(botKnows).map(([room, known]) => bot(room, ...botFloors, ...known.map((other) => `bot/${other}/`))),
    bot('alerts', collection, ...apiRows('changes/kept', 'channels/rows', 'posture/resultRows'), 'bot/adapter/', 'bot/parts/'),
    bot('installations', collection, ...apiRows('channels/rows', 'changes/rows'), 'bot/channels/', 'bot/talk/', ...botFloors),
    listed('bot', newFolder('botKnows'), `(adapter|understand|parts|talk|alerts|installations|${Object.keys(botKnows).join('|')})/`, '(bot|stored|subjects?)\\.ts'),
    only('bot-subject', '^bot/subject\\.ts', ...botFloors, ...offered),
    only('bot-subjects', '^bot/subjects\\.ts', 'bot/understand/', ...Object.keys(botKnows).map((room) => `bot/${room}/subject\\.ts`)),
    only('bot-stored', '^bot/stored\\.ts', collection, ...apiRows('(channels|customers|tenants|changes)/rows', 'posture/resultRows'), 'bot/\\w+/\\w*[rR]ows\\.ts'),
    only('bot', '^bot/bot\\.ts', 'bot/', collection, ...offered),
    onlyFrom('bot-subjects-in-bot-only', '^bot/subjects\\.ts$', 'bot/bot\\.ts'),
    only('tab-teams', '^tab/teams/'),
    only('tab-client', '^tab/client/', 'tab/teams/', 'api/changes/model\\.ts', 'api/http/model\\.ts'),
    only('tab-route', '^tab/route\\.ts', 'api/place\\.ts'),
    only('tab-parts', '^tab/parts/', 'tab/client/', 'tab/teams/', 'api/(access/model|mailboxes/model|visible|asWritten)\\.ts'),
    only('tab-sync', '^tab/sync/', 'tab/parts/', 'api/sync/model\\.ts'),
    ...Object.entries(tabKnows).map(([name, known]) =>
      only(`tab-${name}`, `^tab/${name}/`, 'tab/client/', 'tab/parts/', 'tab/sync/', 'tab/route\\.ts', models, ...known.map((other) => `tab/${other}/`)),
    ),
    only('tab-app', '^tab/app/', 'tab/', models),
    listed('tab', newFolder('tabKnows'), `(app|client|parts|sync|teams|${Object.keys(tabKnows).join('|')})/`, 'route\\.ts'),
    onlyFrom('teams-js-in-one-room', packaged('@microsoft/(teams-js|teamsfx)'), 'tab/teams/', 'infra/simulator/desk/'),
    only('simulator', '^infra/simulator/'),
    only('simulator-world', '^infra/simulator/world/'),
    only('simulator-entra', '^infra/simulator/entra/', 'infra/simulator/world/', simulated),
    only('simulator-graph', '^infra/simulator/graph/', 'infra/simulator/world/', 'infra/simulator/entra/', simulated),
    only('simulator-connector', '^infra/simulator/connector/', 'infra/simulator/world/', 'infra/simulator/entra/', simulated),
    only('simulator-control', '^infra/simulator/control/', 'infra/simulator/(world|entra|graph|connector)/', simulated),
    only('simulator-desk', '^infra/simulator/desk/'),
    only('embedded-mongo', '^infra/embedded-mongo/'),
    listed('infra', 'A new folder gets a rule in .dependency-cruiser.cjs.', 'embedded-mongo/', 'simulator/(world|entra|graph|connector|control|desk)/', 'simulator/\\w+\\.ts'),
    layer('server', '^server\\.ts', 'api/(clock|config|context|errors|log|proxy|subjects)\\.ts', ...apiRows('database/(collection|database|readings)', 'graph/token', 'health/(door|metrics|ready)', 'http/(limits|server)', 'mailboxes/cleaner', 'sync/worker', 'vault/vault'), 'bot/(bot|stored)\\.ts'),
    { name: 'nothing-imports-server', comment: 'server.ts puts the product together when it is imported.', severity: 'error', from: {}, to: { path: '^server\\.ts$' } },
    { name: 'products-import-no-test', comment: 'What only helps tests is not part of the product.', severity: 'error', from: { path: '^(api|bot|tab|infra|server\\.ts)', pathNot: '\\.(test|fixture)\\.tsx?$' }, to: { path: ['\\.(test|fixture)\\.tsx?$', '^tests/', packaged('vitest')] } },
  ],
  options: {
    // Tests are not read. They are not excluded, because then nobody saw a product that imports one.
    doNotFollow: { path: ['node_modules', '\\.test\\.tsx?$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
