// Who may import whom, as docs/architecture.md says. Test files are left out: they may import anything.
const only = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(api|bot|tab|infra|server\\.ts)', pathNot: [from, ...allowed.map((room) => `^${room}`)] },
})
const everywhere = ['api/errors\\.ts', 'api/log\\.ts', 'api/clock\\.ts']
const model = 'api/model/'

// The bot: floors know no subject, a subject knows floors and the subjects that it is listed with, and only bot.ts knows them all.
const botFloors = ['bot/adapter/port', 'bot/understand/', 'bot/parts/', 'bot/subject\\.ts']
const botSubjects = {
  calendar: [], channels: [], licences: [], mail: [], posture: ['security'], roles: ['posture'], security: [], sync: [],
}
const bot = (room, ...allowed) => only(`bot-${room}`, `^bot/${room}/`, ...allowed, 'api/query/', 'api/actions/', model, ...everywhere)
const botRooms = [
  bot('adapter'),
  bot('understand', ...botFloors),
  bot('parts', ...botFloors),
  bot('talk', ...botFloors),
  ...Object.entries(botSubjects).map(([room, known]) => bot(room, ...botFloors, ...known.map((other) => `bot/${other}/`))),
  bot('alerts', 'api/store/', 'bot/adapter/', 'bot/parts/'),
  bot('installations', 'api/store/', 'bot/channels/', 'bot/talk/', ...botFloors),
  { name: 'bot-rooms-are-listed', severity: 'error', from: { path: '^bot/[^/]+/', pathNot: `^bot/(adapter|understand|parts|talk|alerts|installations|${Object.keys(botSubjects).join('|')})/` }, to: {} },
  only('bot-subject', '^bot/subject\\.ts', ...botFloors, 'api/query/', 'api/actions/', model),
  only('bot-subjects', '^bot/subjects\\.ts', 'bot/understand/', ...Object.keys(botSubjects).map((room) => `bot/${room}/subject\\.ts`)),
  only('bot', '^bot/bot\\.ts', 'bot/', 'api/query/', 'api/actions/', model, ...everywhere),
  { name: 'bot-subjects-in-bot-only', severity: 'error', from: { pathNot: '^bot/bot\\.ts$' }, to: { path: '^bot/subjects\\.ts$' } },
]

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
    ...botRooms,
    only('tab', '^tab/', model),
    only('simulator', '^infra/simulator/'),
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
