// Plants a violation of every boundary rule in a small copy of the tree's shape, beside lawful neighbours, and expects
// exactly the plants to be found.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryRoot } from '../repository.ts'
import { cruiseTree, ruleNames, type Cruised } from './cruise.ts'

/** What the plants import; each path is where the real tree has such a file. */
const ground = {
  'packages/shared/src/ids.ts': 'export const ids = 1',
  'packages/shared/src/mail.schema.ts': `import * as z from 'zod/mini'\nexport const mail = z\nexport type Mail = string`,
  'packages/db/src/stores/upload-store.ts': 'export const store = 1',
  'packages/testing/src/poll-until.ts': 'export const poll = 1',
  'apps/edge-api/src/router.ts': `import { begin } from './uploads/begin.ts'\nexport type AppRouter = typeof begin`,
  'apps/edge-api/src/uploads/begin.ts': `import { reach } from './reach.ts'\nexport const begin = reach`,
  'apps/edge-api/src/uploads/reach.ts': 'export const reach = 1',
  'apps/edge-api/src/env.ts': 'export const env = 1',
  'apps/edge-api/src/adapters/presigner.ts': `import '@smithy/signature-v4'\nexport const presigner = 1`,
  'apps/edge-api/src/compose.ts': `import { presigner } from './adapters/presigner.ts'\nimport { env } from './env.ts'\nexport default [presigner, env]`,
  'apps/processor/src/adapters/s3.ts': `import '@aws-sdk/client-s3'\nexport const s3 = 1`,
  'apps/processor/src/inspect.lambda.ts': `import { s3 } from './adapters/s3.ts'\nexport const handler = s3`,
  'apps/processor/src/inspect/decode.ts': `import 'sharp'\nexport const decode = 1`,
  'apps/processor/src/video/probe.ts': `import 'mediabunny'\nexport const probe = 1`,
  'apps/web/src/api/client.ts': `import type { AppRouter } from '../../../edge-api/src/router.ts'\nimport type { Mail } from '../../../../packages/shared/src/mail.schema.ts'\nexport type X = AppRouter | Mail`,
  'local/stack.ts': `import '@aws-sdk/client-sqs'\nimport { handler } from '../apps/processor/src/inspect.lambda.ts'\nimport { plan } from '../infra/plan.ts'\nexport default [handler, plan]`,
  'infra/plan.ts': 'export const plan = 1',
  'scripts/format.ts': 'export const format = 1',
  'apps/edge-api/src/uploads/begin.security.test.ts': `import { poll } from '../../../../packages/testing/src/poll-until.ts'\nimport { reach } from './reach.ts'\nexport default [poll, reach]`,
} satisfies Record<string, string>

type Plant = { readonly from: string; readonly code: string }

const plants: Record<string, Plant> = {
  'shared-imports-nothing-of-ours': {
    from: 'packages/shared/src/plant-a.ts',
    code: `import '../../db/src/stores/upload-store.ts'`,
  },
  'db-imports-only-shared': { from: 'packages/db/src/plant.ts', code: `import '../../../local/stack.ts'` },
  'edge-api-imports-shared-and-db': {
    from: 'apps/edge-api/src/plant-a.ts',
    code: `import '../../processor/src/inspect/decode.ts'`,
  },
  'processor-imports-shared-and-db': {
    from: 'apps/processor/src/plant.ts',
    code: `import '../../edge-api/src/uploads/reach.ts'`,
  },
  'web-imports-shared-and-the-router': {
    from: 'apps/web/src/plant-a.ts',
    code: `import type { reach } from '../../edge-api/src/uploads/reach.ts'\nexport type R = typeof reach`,
  },
  'local-imports-only-entries-of-apps': {
    from: 'local/plant.ts',
    code: `import '../apps/processor/src/inspect/decode.ts'`,
  },
  'infra-imports-nothing-of-ours': { from: 'infra/plant.ts', code: `import '../packages/shared/src/ids.ts'` },
  'testing-is-for-tests': {
    from: 'local/plant-b.ts',
    code: `import type { poll } from '../packages/testing/src/poll-until.ts'\nexport type P = typeof poll`,
  },
  'nothing-imports-the-outer-tools': {
    from: 'packages/db/src/plant-b.ts',
    code: `import '../../../scripts/format.ts'`,
  },
  'web-takes-the-router-as-a-type': { from: 'apps/web/src/plant-b.ts', code: `import '../../edge-api/src/router.ts'` },
  'web-takes-schemas-as-types': {
    from: 'apps/web/src/plant-c.ts',
    code: `import { mail } from '../../../packages/shared/src/mail.schema.ts'\nexport default mail`,
  },
  'web-has-no-zod': { from: 'apps/web/src/plant-d.ts', code: `import type { z } from 'zod'\nexport type Z = typeof z` },
  'zod-only-in-schemas': { from: 'packages/shared/src/plant-b.ts', code: `import * as z from 'zod'\nexport default z` },
  'schemas-enter-the-rest-of-shared-as-types': {
    from: 'packages/shared/src/plant-c.ts',
    code: `import { mail } from './mail.schema.ts'\nexport default mail`,
  },
  'shared-has-only-zod': { from: 'packages/shared/src/plant-d.schema.ts', code: `import 'hono'` },
  'worker-has-only-small-zod': {
    from: 'apps/edge-api/src/plant-e.ts',
    code: `import * as z from 'zod'\nexport default z`,
  },
  'no-node-in-browser-or-worker': { from: 'apps/edge-api/src/plant-b.ts', code: `import 'node:crypto'` },
  'router-stays-platform-neutral': {
    from: 'apps/edge-api/src/router.ts',
    code: `import type { begin } from './uploads/begin.ts'\nexport { plant } from './uploads/plant.ts'\nexport type AppRouter = typeof begin`,
  },
  'aws-only-in-adapters': { from: 'apps/processor/src/inspect/plant.ts', code: `import '@aws-sdk/client-s3'` },
  'worker-has-no-aws-clients': {
    from: 'apps/edge-api/src/adapters/plant.ts',
    code: `import type { S3 } from '@aws-sdk/client-s3'\nexport type X = S3`,
  },
  'sql-only-in-db': {
    from: 'apps/edge-api/src/plant-c.ts',
    code: `import { sql } from 'drizzle-orm'\nexport default sql`,
  },
  'pixels-only-in-inspect': { from: 'apps/processor/src/plant-b.ts', code: `import 'sharp'` },
  'films-only-in-video-and-audio': { from: 'apps/processor/src/inspect/plant-c.ts', code: `import 'mediabunny'` },
  'only-wiring-constructs-adapters': {
    from: 'apps/processor/src/inspect/plant-b.ts',
    code: `import type { s3 } from '../adapters/s3.ts'\nexport type S = typeof s3`,
  },
  'only-wiring-reads-configuration': { from: 'apps/edge-api/src/plant-d.ts', code: `import './env.ts'` },
  'no-cycles': { from: 'packages/db/src/cycle-a.ts', code: `import './cycle-b.ts'` },
  'nothing-unresolvable': { from: 'packages/db/src/plant-c.ts', code: `import './gone.ts'` },
  'sources-declare-what-they-ship': { from: 'apps/web/src/plant-e.ts', code: `import 'vite'` },
}

/** The far ends of plants that need two files. */
const furtherEnds = {
  'packages/db/src/cycle-b.ts': `import './cycle-a.ts'`,
  'apps/edge-api/src/uploads/plant.ts': `export { plant } from './plant-end.ts'`,
  'apps/edge-api/src/uploads/plant-end.ts': `import wasm from './hash.wasm'\nexport const plant = wasm`,
}

const packageNames = [
  'zod',
  'hono',
  'sharp',
  'mediabunny',
  'drizzle-orm',
  'vite',
  '@aws-sdk/client-s3',
  '@aws-sdk/client-sqs',
]
const dependencies = Object.fromEntries(
  [...packageNames, '@smithy/signature-v4'].filter((name) => name !== 'vite').map((name) => [name, '1']),
)

let root: string
let cruised: Cruised

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'shoebox-boundaries-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  write('package.json', JSON.stringify({ name: 'root', type: 'module', dependencies, devDependencies: { vite: '1' } }))
  for (const name of [...packageNames, '@smithy/signature-v4']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, '')
  }
  write('node_modules/zod/mini/index.js', '')
  for (const folder of ['e2e', 'bench']) write(`${folder}/keep.ts`, '')
  write('apps/edge-api/src/uploads/hash.wasm', '')
  for (const [path, text] of Object.entries({ ...ground, ...furtherEnds })) write(path, text)
  for (const { from, code } of Object.values(plants)) write(from, code)
  cruised = await cruiseTree(root)
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

test('every rule has a plant', () => {
  expect(Object.keys(plants).toSorted()).toEqual(ruleNames.toSorted())
})

test.each(Object.entries(plants))('finds what breaks %s', (rule, { from }) => {
  expect(
    cruised.violations.filter((violation) => violation.rule === rule).map((violation) => violation.from),
  ).toContain(from)
})

test('finds nothing in lawful neighbours', () => {
  const planted = new Set([...Object.values(plants).map(({ from }) => from), ...Object.keys(furtherEnds)])
  expect(cruised.violations.filter(({ from }) => !planted.has(from))).toEqual([])
})

test('sees the TypeScript of the real tree, and through package names', async () => {
  const { imports } = await cruiseTree(repositoryRoot)
  expect(imports.get('packages/db/src/schema/columns.ts')).toContain('packages/shared/src/ids.ts')
  expect([...imports.keys()].filter((path) => path.startsWith('packages/shared/src/')).length).toBeGreaterThan(10)
})
