// `npm test`: every check, then every test, and a last line `N passed, N failed`. A failing step does not stop the
// others, so that one run tells everything. `--checks-only` (`npm run check`) leaves the tests out.
import { checkBoundaries } from './checks/check-boundaries.ts'
import { checkMigrations } from './checks/check-migrations.ts'
import { checkSecrets } from './checks/check-secrets.ts'
import { checkTypes } from './checks/check-types.ts'
import { oneFailure, onePass, type Outcome, type Step } from './checks/check.ts'
import { installBrowserLibraries } from './run/install-browser-libraries.ts'
import { runTool, type ToolRun } from './run/run-tool.ts'
import { runVitest } from './run/run-vitest.ts'

const tool = (name: string, run: ToolRun): Step => ({
  name,
  run: async () => {
    const { exitCode, output } = await runTool(run)
    return exitCode === 0 ? onePass : oneFailure(output)
  },
})

/** Independent of one another; the heavy ones use two threads each, so they run two at a time. */
const checks: readonly Step[] = [
  tool('format', { tool: 'oxfmt', args: ['--check'] }),
  { name: 'types', run: checkTypes },
  tool('lint', { tool: 'oxlint', args: ['--type-aware', '--deny-warnings'] }),
  { name: 'boundaries', run: checkBoundaries },
  tool('unused code', { tool: 'knip', args: ['--no-config-hints'] }),
  { name: 'secrets', run: checkSecrets },
  { name: 'migrations', run: checkMigrations },
]

const tests: readonly Step[] = [
  {
    name: 'tests',
    run: () => runVitest(['unit', 'ui', 'pg', 'aws', 'workerd', 'security'], 12 * 60_000),
  },
  {
    name: 'browser tests',
    run: async () => {
      const missing = await installBrowserLibraries()
      return missing === null ? runVitest(['e2e'], 12 * 60_000) : oneFailure(missing)
    },
  },
]

type Total = { passed: number; failed: number; skipped: number }

async function main(): Promise<void> {
  const startedMs = performance.now()
  const total: Total = { passed: 0, failed: 0, skipped: 0 }
  const waiting = [...checks]
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) await runStep(step, total)
  }
  await Promise.all([work(), work()])
  if (!process.argv.includes('--checks-only')) for (const step of tests) await runStep(step, total)
  console.log(`\n${((performance.now() - startedMs) / 1000).toFixed(0)} s`)
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
  if (total.failed > 0) process.exitCode = 1
}

async function runStep(step: Step, total: Total): Promise<void> {
  const startedMs = performance.now()
  const outcome = await step.run().catch((error: unknown): Outcome => oneFailure(describe(error)))
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  total.passed += outcome.passed
  total.failed += outcome.failed
  total.skipped += outcome.skipped ?? 0
  console.log(`${outcome.failed === 0 ? '✓' : '✗'} ${step.name.padEnd(24)} ${seconds.padStart(6)} s`)
  if (outcome.failed > 0 && outcome.output !== undefined) console.log(indent(outcome.output))
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
const indent = (text: string): string => text.trimEnd().replaceAll(/^/gm, '    ')

await main()
