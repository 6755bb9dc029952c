// Runs the steps of a check, a few at a time, and adds up what they answer. A step that fails or throws stops nothing.
import { oneFailure, type Outcome, type Step } from '../checks/check.ts'

export type Total = { readonly passed: number; readonly failed: number; readonly skipped: number }

export const nothingRun: Total = { passed: 0, failed: 0, skipped: 0 }

export async function runSteps(
  steps: readonly Step[],
  atOnce: number,
  print: (line: string) => void,
  before: Total = nothingRun,
): Promise<Total> {
  const waiting = [...steps]
  let total = before
  async function work(): Promise<void> {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const outcome = await runStep(step, print)
      total = {
        passed: total.passed + outcome.passed,
        failed: total.failed + outcome.failed,
        skipped: total.skipped + (outcome.skipped ?? 0),
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return total
}

async function runStep(step: Step, print: (line: string) => void): Promise<Outcome> {
  const startedMs = performance.now()
  const outcome = await step.run().catch((error: unknown): Outcome => oneFailure(describe(error)))
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  print(`${outcome.failed === 0 ? '✓' : '✗'} ${step.name.padEnd(24)} ${seconds.padStart(6)} s`)
  if (outcome.failed > 0 && outcome.output !== undefined) print(indent(outcome.output))
  return outcome
}

/** The last line of `npm test`. */
export function sayTotal({ passed, failed, skipped }: Total): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
const indent = (text: string): string => text.trimEnd().replaceAll(/^/gm, '    ')
