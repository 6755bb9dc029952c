// Builds the web client into apps/web/dist when its sources changed since the last build.
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitForLock } from '../lock-file.ts'
import type { OrphanGuard } from '../processes/orphan-guard.ts'
import { runChild } from '../processes/run-child.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
export const webDir = join(repository, 'apps/web')
export const webDist = join(webDir, 'dist')

/** Outside `dist`, or it would be served. */
const stampFile = join(repository, '.local/web-build')
const nextDist = join(repository, '.local/web-next')

const sources = [
  'apps/web/{index.html,vite.config.ts,package.json}',
  'apps/web/{src,public,service-worker}/**/*.*',
  'packages/shared/src/**/*.ts',
  'pnpm-lock.yaml',
]

export async function buildWeb(guard: OrphanGuard, log: (line: string) => void = () => {}): Promise<void> {
  if (isUpToDate(hashSources())) return
  // Tests and `npm start` may want the same build at the same time.
  const unlock = await waitForLock(`${stampFile}.lock`)
  try {
    const stamp = hashSources()
    if (isUpToDate(stamp)) return
    const startedMs = performance.now()
    await runVite(guard)
    // Swapped in whole: a running site must not serve half a build.
    rmSync(webDist, { recursive: true, force: true })
    renameSync(nextDist, webDist)
    mkdirSync(dirname(stampFile), { recursive: true })
    writeFileSync(stampFile, stamp)
    log(`built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
  } finally {
    unlock()
  }
}

/** In a process of its own: the bundler's memory goes when it is done. */
async function runVite(guard: OrphanGuard): Promise<void> {
  const lines: string[] = []
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const child = runChild({
    command: process.execPath,
    args: [vite, 'build', '--logLevel', 'warn', '--outDir', nextDist, '--emptyOutDir'],
    cwd: webDir,
    // The same client whoever builds it: a test runner has another name for its environment.
    env: { ...process.env, NODE_ENV: 'production' },
    guard,
    onLine: (line) => lines.push(line),
  })
  const how = await child.ended
  if (how !== 'exit code 0') throw new Error(`The web client could not be built (${how}):\n${lines.join('\n')}`)
}

function isUpToDate(stamp: string): boolean {
  return existsSync(join(webDist, 'index.html')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp
}

function hashSources(): string {
  const hash = createHash('sha256')
  for (const file of globSync(sources, { cwd: repository }).toSorted()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(repository, file)))
  }
  return hash.digest('hex')
}
