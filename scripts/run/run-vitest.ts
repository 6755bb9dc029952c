// Runs vitest projects and answers how many tests passed and how long each project took.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Outcome } from '../checks/check.ts'
import { runTool } from './run-tool.ts'
import type { ProjectTally } from './tally-reporter.ts'

/** @param isLive prints what vitest says while it runs; else it is the outcome's output */
export async function runVitest(projects: readonly string[], timeoutMs: number, isLive = true): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-vitest-'))
  try {
    const tallyFile = join(folder, 'tally.json')
    const { exitCode, output } = await runTool({
      tool: 'vitest',
      args: [
        'run',
        ...projects.map((name) => `--project=${name}`),
        '--reporter=dot',
        '--reporter=./scripts/run/tally-reporter.ts',
        '--silent=passed-only',
        '--passWithNoTests',
      ],
      env: { TALLY_FILE: tallyFile },
      isLive,
      timeoutMs,
    })
    if (!existsSync(tallyFile)) return { passed: 0, failed: exitCode === 0 ? 0 : 1, output }
    return { ...sumUp(readTallies(tallyFile), exitCode), ...(isLive ? {} : { output }) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const readTallies = (path: string) =>
  Object.entries(JSON.parse(readFileSync(path, 'utf8')) as Record<string, ProjectTally>)

function sumUp(tallies: readonly (readonly [string, ProjectTally])[], exitCode: number): Outcome {
  const sum = (pick: (tally: ProjectTally) => number) => tallies.reduce((total, [, tally]) => total + pick(tally), 0)
  for (const [name, { passed, failed, skipped, seconds }] of tallies)
    console.log(
      `    ${name.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed, ${skipped} skipped`,
    )
  const failed = sum((tally) => tally.failed)
  return {
    passed: sum((tally) => tally.passed),
    // Vitest itself failed, for instance while it closed: not a test, and not to be passed over.
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: sum((tally) => tally.skipped),
  }
}
