// What a benchmark row is. Each file `rows/*.bench.ts` exports one as `row`; run.ts finds it, runs it and prints it.

/** One figure of ours held against one other figure of the same measure. */
export type Comparison = {
  /** What the other side is, e.g. "peer: Immich's way". */
  readonly against: string
  readonly value: number
  /** The bound on ours ÷ theirs that the project has set itself, where there is one. */
  readonly ratioMax?: number
  readonly ratioMin?: number
}

export type BenchLine = {
  /** The work, e.g. "JPEG 12 MP". */
  readonly work: string
  /** With its unit, e.g. "CPU ms". */
  readonly measure: string
  readonly ours: number
  readonly comparisons: readonly Comparison[]
  /** A bound on the figure itself, in the measure's unit. */
  readonly oursMax?: number
  /** No busy machine excuses that this bound is missed: the run ends as failed. */
  readonly mustHold?: true
}

export type BenchRow = {
  /** As in the table of rows, e.g. `B1`. */
  readonly id: string
  /** What it is called on the command line, beside its id. */
  readonly name: string
  readonly title: string
  run(say: (progress: string) => void): Promise<BenchLine[]>
}

/** What is written to results/<id>.json. */
export type BenchResult = {
  readonly id: string
  readonly title: string
  readonly measuredAt: string
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string }
  /** One-minute load average when the row began and when it ended. */
  readonly load: { readonly before: number; readonly after: number }
  readonly lines: readonly BenchLine[]
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/**
 * Measures several ways of doing the same work, taking turns, so that whatever else the machine does hits all alike.
 * @returns the median figure of each, in the order given; one unmeasured round warms everything up
 */
export async function measureInTurns(ways: readonly (() => Promise<number>)[], rounds = 5): Promise<number[]> {
  const figures = ways.map((): number[] => [])
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, way] of ways.entries()) {
      const figure = await way()
      if (round >= 0) figures[index]?.push(figure)
    }
  }
  return figures.map(median)
}

/** CPU milliseconds of this process, all threads, while the work runs. */
export async function measureCpuMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

export async function measureWallMs(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now()
  await work()
  return performance.now() - before
}
