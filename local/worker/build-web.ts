// Builds the web client into apps/web/dist when its sources changed since the last build.
import { build, createServer } from 'vite'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loopbackHost } from '../ports.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const webDir = join(repository, 'apps/web')

export const webDist = join(webDir, 'dist')

/** Outside `dist`, or it would be served. */
const stampFile = join(repository, '.local/web-build')

const sources = [
  'apps/web/{index.html,vite.config.ts,package.json}',
  'apps/web/{src,public}/**/*.*',
  'packages/shared/src/**/*.ts',
  'pnpm-lock.yaml',
]

export async function buildWeb(log: (line: string) => void = () => {}): Promise<void> {
  const stamp = hashSources()
  if (existsSync(join(webDist, 'index.html')) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp)
    return
  const startedMs = performance.now()
  await build({ root: webDir, logLevel: 'warn' })
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
  log(`built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
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

/** A development server with hot reload in front of the Worker, on the site's own port. */
export async function serveWebHot(port: number, apiOrigin: string): Promise<{ stop(): Promise<void> }> {
  process.env['API_ORIGIN'] = apiOrigin
  const server = await createServer({
    root: webDir,
    clearScreen: false,
    server: { host: loopbackHost, port, strictPort: true, allowedHosts: ['localhost'] },
  })
  await server.listen()
  return { stop: () => server.close() }
}
