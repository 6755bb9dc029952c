// One project per environment; a test file's suffix names what it needs (docs/testing.md). Shared servers are started
// once per run by a project's globalSetup and only when that project has files to run.
import solid from 'vite-plugin-solid'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const roots = '{apps,packages,local,scripts,infra,bench,e2e}'
const suffixed = ['pg', 'aws', 'workerd', 'security', 'ui', 'infra'] as const

const filesOf = (suffix: (typeof suffixed)[number]) => [`${roots}/**/*.${suffix}.test.{ts,tsx}`]
const exclude = ['**/node_modules/**', '**/dist/**', '**/.local/**']

const postgres = 'packages/testing/src/servers/postgres.setup.ts'

/** What is asked again until it is so may take its time on a machine that does much else. */
const patient = { expect: { poll: { timeout: 15_000 } } } as const

/**
 * Files of a suffix that talk to real servers: separate processes, one more than there are cores, since half of the time
 * they wait. Each loads the modules once for all its files; what these share is on the servers, where each has its own.
 */
const onServers = {
  ...patient,
  pool: 'forks',
  isolate: false,
  maxWorkers: 3,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  exclude,
  sequence: { groupOrder: 2 },
} as const

/** The longest, which the size of a file does not tell, the longest first. */
const longest = [
  'rename.test',
  'refuse-killers.test',
  'authorisation.security',
  'survive-kills.aws',
  'stage.aws',
  'revocation.security',
  'round-trips.security',
  'leave-nothing.aws',
  'notifier.aws',
  'screens.e2e',
]

/** Begins with the longest, so that none of them runs alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((name) => moduleId.includes(`/${name}.`))
      return place < 0 ? longest.length : place
    }
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other))
  }
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: [`${roots}/**/*.test.ts`],
          exclude: [...exclude, ...suffixed.flatMap(filesOf)],
          ...patient,
          pool: 'threads',
          // Pure tests cannot disturb one another, so they share their workers' modules.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [solid({ hot: false })],
        test: {
          name: 'ui',
          include: filesOf('ui'),
          exclude,
          environment: 'happy-dom',
          setupFiles: ['apps/web/test/speak.setup.ts'],
          // The router ships JSX, which only Vite can read.
          server: { deps: { inline: [/@solidjs\/router/] } },
          ...patient,
          pool: 'threads',
          testTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'pg',
          include: filesOf('pg'),
          globalSetup: [postgres],
          ...onServers,
        },
      },
      { test: { name: 'aws', include: filesOf('aws'), globalSetup: [postgres], ...onServers } },
      { test: { name: 'workerd', include: filesOf('workerd'), ...onServers } },
      {
        test: {
          name: 'security',
          include: filesOf('security'),
          globalSetup: [postgres],
          ...onServers,
        },
      },
      {
        test: {
          name: 'infra',
          include: filesOf('infra'),
          globalSetup: ['infra/test/recordings.setup.ts'],
          ...onServers,
          maxWorkers: 2,
          testTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts'],
          exclude,
          globalSetup: [postgres],
          ...patient,
          pool: 'forks',
          isolate: false,
          // A journey waits for nearly half of its time.
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
