// What every check and every group of tests answers to scripts/test.ts.

export type Outcome = {
  readonly passed: number
  readonly failed: number
  readonly skipped?: number
  /** What to print when something failed. */
  readonly output?: string
}

/** A step of the run. It never throws for a finding; what it throws is reported as one failure. */
export type Step = { readonly name: string; readonly run: () => Promise<Outcome> }

export const onePass: Outcome = { passed: 1, failed: 0 }

export const oneFailure = (output: string): Outcome => ({ passed: 0, failed: 1, output })

/** One pass, or one failure that lists what was found. */
export const judgeFindings = (findings: readonly string[]): Outcome =>
  findings.length === 0 ? onePass : oneFailure(findings.join('\n'))
