// A vitest reporter that counts tests and seconds per project into a JSON file for scripts/test.ts, and prints a line
// per failed test as it fails; vitest's own reporter then explains the failures.
import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node'

export type ProjectTally = {
  passed: number
  failed: number
  skipped: number
  /** Wall clock from the first file's start to the last one's end. */
  seconds: number
}

type Span = { firstMs: number; lastMs: number }

export default class TallyReporter implements Reporter {
  readonly #spans = new Map<string, Span>()

  onTestModuleStart(module: TestModule): void {
    this.#see(module)
  }

  onTestModuleEnd(module: TestModule): void {
    this.#see(module)
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[], reason: TestRunEndReason): void {
    const tallies: Record<string, ProjectTally> = {}
    for (const module of modules) addModule((tallies[module.project.name] ??= makeTally()), module)
    for (const [name, { firstMs, lastMs }] of this.#spans) {
      const tally = tallies[name]
      if (tally !== undefined) tally.seconds = (lastMs - firstMs) / 1000
    }
    const others = unhandled.length + (reason === 'interrupted' ? 1 : 0)
    if (others > 0) tallies['errors outside tests'] = { ...makeTally(), failed: others }
    const path = process.env['TALLY_FILE']
    if (path !== undefined) writeFileSync(path, JSON.stringify(tallies))
  }

  #see(module: TestModule): void {
    const nowMs = Date.now()
    const span = this.#spans.get(module.project.name)
    this.#spans.set(module.project.name, { firstMs: span?.firstMs ?? nowMs, lastMs: nowMs })
  }
}

const makeTally = (): ProjectTally => ({ passed: 0, failed: 0, skipped: 0, seconds: 0 })

/** A file that could not even be loaded, or whose hooks failed, has no failed test: it counts as one. */
function addModule(tally: ProjectTally, module: TestModule): void {
  const failedBefore = tally.failed
  for (const test of module.children.allTests()) {
    const { state } = test.result()
    if (state === 'passed') tally.passed += 1
    else if (state === 'failed') tally.failed += 1
    else tally.skipped += 1
  }
  if (module.state() === 'failed' && tally.failed === failedBefore) tally.failed += 1
}
