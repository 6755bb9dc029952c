// `npm test`: every check, then every test, and a last line `N passed, N failed`. A failing step does not stop the
// others, so that one run tells everything. `--checks-only` (`npm run check`) leaves the tests out.
import { checkBoundaries } from './checks/check-boundaries.ts'
import { checkMigrations } from './checks/check-migrations.ts'
import { checkSecrets } from './checks/check-secrets.ts'
import { checkTypes } from './checks/check-types.ts'
import { oneFailure, onePass, type Step } from './checks/check.ts'
import { installBrowserLibraries } from './run/install-browser-libraries.ts'
import { nothingRun, runSteps, sayTotal } from './run/run-steps.ts'
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

const minuteMs = 60_000

const unitTests: Step = { name: 'unit tests', run: () => runVitest(['unit', 'ui'], 12 * minuteMs) }

const serverTests: Step = {
  name: 'server tests',
  run: () => runVitest(['pg', 'aws', 'workerd', 'security'], 12 * minuteMs),
}

const deploymentTests: Step = { name: 'deployment tests', run: () => runVitest(['infra'], 12 * minuteMs, false) }

const browserTests: Step = {
  name: 'browser tests',
  run: async () => {
    const missing = await installBrowserLibraries()
    return missing === null ? runVitest(['e2e'], 20 * minuteMs) : oneFailure(missing)
  },
}

/** One after another. Who asks servers waits for a quarter of the time, in which a deployment is recorded. */
const stages = [checks, [unitTests], [serverTests, deploymentTests], [browserTests]]

const startedMs = performance.now()
let total = nothingRun
for (const steps of process.argv.includes('--checks-only') ? [checks] : stages)
  total = await runSteps(steps, 2, console.log, total)
console.log(`\n${((performance.now() - startedMs) / 1000).toFixed(0)} s`)
console.log(sayTotal(total))
if (total.failed > 0) process.exitCode = 1
