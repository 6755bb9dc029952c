// Runs SST's command line with what it needs and nothing of its own to download: `npm run deploy -- --stage production`.
// Node is the project's, so that builds run as they do in tests; Bun, with which SST installs its providers, is npm's.
import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { platform, arch } from 'node:process'
import { repositoryRoot } from './build/repository-root.ts'

const { resolve } = createRequire(import.meta.url)

/** The binary for this machine is a dependency of the package, which does not let its own folder be asked for. */
export const sstProgram = (): string =>
  createRequire(join(realpathSync(join(import.meta.dirname, 'node_modules/sst')), 'package.json')).resolve(
    `sst-${platform}-${arch}/bin/sst`,
  )

/** What SST must be told, whoever starts it. */
export const sstSurroundings = (): Record<string, string> => ({
  PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
  SST_BUN_PATH: resolve(`@oven/bun-${platform}-${arch === 'arm64' ? 'aarch64' : arch}/bin/bun`),
  SST_SKIP_DEPENDENCY_CHECK: '1',
  SST_TELEMETRY_DISABLED: '1',
})

if (import.meta.main) {
  const child = spawn(sstProgram(), process.argv.slice(2), {
    cwd: repositoryRoot,
    stdio: 'inherit',
    env: { ...process.env, ...sstSurroundings() },
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  child.once('close', (code) => process.exit(code ?? 1))
}
