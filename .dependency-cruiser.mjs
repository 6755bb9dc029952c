// Who may import whom: the table of ARCHITECTURE.md as rules. scripts/checks/boundaries.test.ts plants a violation of
// every rule here and expects it to be found, so a rule without a plant, or one that never bites, fails the tests.

/** @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule */

/** Files that exist for tests; they may use everything. */
const tests = '[.](test|e2e|bench)[.]tsx?$|^(apps/[^/]+|infra)/test/|^packages/testing/|^e2e/|^bench/|[.]config[.]ts$'
const ours = '^(apps|packages|local|infra|e2e|bench|scripts)/'
const router = '^apps/edge-api/src/router[.]ts$'

/** @param {string[]} names */
const npm = (...names) => names.map((name) => `(^|/)node_modules/${name}/`).join('|')

/**
 * A package of the table: its sources may import these parts of the repository and no other.
 * @param {string} name @param {string} from @param {string} allowed @param {string} comment
 * @returns {Rule}
 */
const mayImport = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: tests },
  to: { path: ours, pathNot: allowed },
})

/** @type {Rule[]} */
const theTable = [
  mayImport('shared-imports-nothing-of-ours', '^packages/shared/', '^packages/shared/', 'shared → (zod)'),
  mayImport('db-imports-only-shared', '^packages/db/', '^packages/(db|shared)/', 'db → shared'),
  mayImport('edge-api-imports-shared-and-db', '^apps/edge-api/', '^(apps/edge-api|packages/(db|shared))/', ''),
  mayImport('processor-imports-shared-and-db', '^apps/processor/', '^(apps/processor|packages/(db|shared))/', ''),
  mayImport('web-imports-shared-and-the-router', '^apps/web/', `^(apps/web|packages/shared)/|${router}`, ''),
  mayImport(
    'local-imports-only-entries-of-apps',
    '^local/',
    '^(local|packages/(db|shared)|scripts)/|^infra/plan[.]ts$|^apps/[^/]+/src/[^/]+[.]lambda[.]ts$|^apps/edge-api/src/(worker|router)[.]ts$',
    'local knows the apps by their entry files, as the cloud does, and takes its figures from the same plan.',
  ),
  mayImport('infra-imports-nothing-of-ours', '^infra/', '^infra/', 'infra names entry files by path.'),
  {
    name: 'testing-is-for-tests',
    comment: 'packages/testing carries databases and browsers: never in what ships.',
    severity: 'error',
    from: { pathNot: tests },
    to: { path: '^packages/testing/|[.](test|e2e|bench)[.]tsx?$' },
  },
  {
    name: 'nothing-imports-the-outer-tools',
    comment: 'e2e, bench and scripts use the system; nothing uses them.',
    severity: 'error',
    from: { path: '^(apps|packages|infra)/' },
    to: { path: '^(e2e|bench|scripts)/' },
  },
]

/** @type {Rule[]} */
const theBrowser = [
  {
    name: 'web-takes-the-router-as-a-type',
    comment: 'One value import would pull the whole API into the browser bundle.',
    severity: 'error',
    from: { path: '^apps/web/' },
    to: { path: '^apps/edge-api/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'web-takes-schemas-as-types',
    comment: 'zod stays out of the browser.',
    severity: 'error',
    from: { path: '^apps/web/', pathNot: tests },
    to: { path: '[.]schema[.]ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'web-has-no-zod',
    severity: 'error',
    from: { path: '^apps/web/' },
    to: { path: npm('zod') },
  },
  {
    name: 'zod-only-in-schemas',
    comment: 'Whoever imports a file of shared that is not a schema gets no zod with it.',
    severity: 'error',
    from: { path: '^packages/shared/', pathNot: '[.]schema([.]test)?[.]ts$' },
    to: { path: npm('zod') },
  },
  {
    name: 'schemas-enter-the-rest-of-shared-as-types',
    comment: 'Closes the way round the rule above: file.ts → x.schema.ts → zod.',
    severity: 'error',
    from: { path: '^packages/shared/', pathNot: '[.]schema[.]ts$|[.]test[.]ts$' },
    to: { path: '[.]schema[.]ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'shared-has-only-zod',
    severity: 'error',
    from: { path: '^packages/shared/', pathNot: tests },
    to: { pathNot: `${npm('zod')}|^packages/shared/|${ours}` },
  },
  {
    name: 'worker-has-only-small-zod',
    comment: "zod's methods cannot be left out of a bundle; zod/mini is the same checks as functions.",
    severity: 'error',
    from: { path: '^(apps/edge-api/src|packages/shared)/', pathNot: tests },
    to: { path: `${npm('zod')}(index[.]|locales|v3|v4/classic)` },
  },
  {
    name: 'no-node-in-browser-or-worker',
    severity: 'error',
    from: { path: '^(apps/(web|edge-api)/src|packages/shared)/', pathNot: tests },
    to: { dependencyTypes: ['core'] },
  },
]

/** @type {Rule[]} */
const theEdges = [
  {
    name: 'router-stays-platform-neutral',
    comment: 'The web checks its types against the router; wasm, Workers types or adapters behind it would leak there.',
    severity: 'error',
    from: { path: router },
    to: {
      path: `[.]wasm|^cloudflare:|^apps/edge-api/src/(env|compose|worker)[.]ts$|^apps/edge-api/src/adapters/|${npm('@cloudflare/workers-types', '@phi-ag/argon2')}`,
      reachable: true,
    },
  },
  {
    name: 'aws-only-in-adapters',
    severity: 'error',
    from: { path: ours, pathNot: `^apps/(processor|edge-api)/src/adapters/|^local/|${tests}` },
    to: { path: npm('@aws-sdk', '@smithy') },
  },
  {
    name: 'worker-has-no-aws-clients',
    comment: 'SDK clients cost the Worker half its size; it signs requests and sends them with fetch.',
    severity: 'error',
    from: { path: '^apps/edge-api/src/', pathNot: tests },
    to: { path: npm('@aws-sdk/client-[^/]+') },
  },
  {
    name: 'sql-only-in-db',
    severity: 'error',
    from: { path: ours, pathNot: `^packages/db/|^local/|${tests}` },
    to: { path: npm('drizzle-orm', 'drizzle-kit', 'pg', '@neondatabase') },
  },
  {
    name: 'pixels-only-in-inspect',
    comment: 'Untrusted bytes are decoded in one place, which has the limits.',
    severity: 'error',
    from: { path: ours, pathNot: `^apps/processor/src/inspect/|^local/demo/|${tests}` },
    to: { path: npm('sharp', 'file-type', 'strtok3', 'exif-reader') },
  },
  {
    name: 'films-only-in-video-and-audio',
    comment: 'Untrusted films and sounds are opened in one place, whose process has the limits.',
    severity: 'error',
    from: { path: ours, pathNot: `^apps/processor/src/(video|audio)/|${tests}` },
    to: { path: npm('mediabunny', 'node-av') },
  },
  {
    name: 'only-wiring-constructs-adapters',
    comment: 'A use case declares what it needs; adapters satisfy it structurally.',
    severity: 'error',
    from: { path: '^apps/', pathNot: `^apps/[^/]+/src/(compose[.]ts$|[^/]+[.]lambda[.]ts$|adapters/)|${tests}` },
    to: { path: '^apps/[^/]+/src/adapters/' },
  },
  {
    name: 'only-wiring-reads-configuration',
    severity: 'error',
    from: { path: '^apps/', pathNot: `^apps/[^/]+/src/(compose|worker|env|[^/]+[.]lambda)[.]ts$|${tests}` },
    to: { path: '^apps/[^/]+/src/env[.]ts$' },
  },
]

/** @type {Rule[]} */
const everywhere = [
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  {
    name: 'nothing-unresolvable',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '^(cloudflare:|virtual:|solid-js)|[?](url|raw|inline|worker)$' },
  },
  {
    name: 'sources-declare-what-they-ship',
    comment: 'A development dependency imported by a source is missing in the bundle of a production install.',
    severity: 'error',
    from: { path: '^(apps/[^/]+/src|packages/(db|shared)/src)/', pathNot: tests },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only', 'npm'] },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...theTable, ...theBrowser, ...theEdges, ...everywhere],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|[.]local|[.]wrangler|[.]sst|coverage)/' },
    // Type-only imports count: a type is enough to tie two parts together.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
}
