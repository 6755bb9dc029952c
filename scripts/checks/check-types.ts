// Type-checks every tsconfig of the repository, as many at a time as there are processors. Each on one thread: several of
// one check compute the same types again, and together take twice the time.
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import { listFiles } from '../repository.ts'
import { runTool } from '../run/run-tool.ts'
import type { Outcome } from './check.ts'

export async function checkTypes(): Promise<Outcome> {
  const configs = listFiles().filter((path) => /(^|\/)tsconfig(\.source)?\.json$/.test(path))
  const waiting = [...configs]
  const findings: string[] = []
  async function work(): Promise<void> {
    for (let config = waiting.shift(); config !== undefined; config = waiting.shift()) {
      const args = ['-p', config, '--singleThreaded', '--pretty', 'false']
      const { exitCode, output } = await runTool({ tool: 'tsc', args })
      // "No inputs" is a package that has no file of that kind yet.
      if (exitCode !== 0 && !output.includes('TS18003')) findings.push(`${config} (${dirname(config)}):\n${output}`)
    }
  }
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work))
  return { passed: configs.length - findings.length, failed: findings.length, output: findings.join('\n') }
}
