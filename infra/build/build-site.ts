// Builds the web client with Vite, and the Worker with the bundler of the local system: what was tested is what is
// deployed. Not with SST's own: the Worker has a wasm module beside it (argon2), and SST uploads one file only
// (docs/adr/0013).
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { unstable_readConfig as readConfig } from 'wrangler'
import { repositoryRoot } from './repository-root.ts'

export type SiteBuild = {
  /** Folder of the web client's files. */
  readonly assets: string
  /** The Worker's modules, the entry first. */
  readonly modules: readonly {
    readonly name: string
    readonly file: string
    readonly sha256: string
    readonly contentType: string
  }[]
  readonly compatibilityDate: string
  readonly compatibilityFlags: readonly string[]
  readonly notFoundHandling: string
  readonly runWorkerFirst: boolean | readonly string[]
  readonly burstLimit: { readonly limit: number; readonly period: number }
}

const contentTypes: Readonly<Record<string, string>> = {
  js: 'application/javascript+module',
  wasm: 'application/wasm',
}

export async function buildSite(outDir: string): Promise<SiteBuild> {
  const assets = join(outDir, 'assets')
  await rm(outDir, { recursive: true, force: true })
  await run('vite', ['build', '--logLevel', 'error', '--outDir', assets, '--emptyOutDir'], 'apps/web')
  const worker = join(outDir, 'worker')
  await run('node', ['local/worker/write-bundle.ts', worker], '.')
  return { assets, modules: await listModules(worker), ...readSettings() }
}

/** The part of wrangler's settings that is used; its own type names things that are not installed. */
type WranglerSettings = {
  readonly compatibility_date?: string
  readonly compatibility_flags: readonly string[]
  readonly assets?: { readonly not_found_handling?: string; readonly run_worker_first?: boolean | readonly string[] }
  readonly ratelimits?: readonly { readonly name: string; readonly simple: SiteBuild['burstLimit'] }[]
}

/** What the Worker needs of its platform stands in wrangler.jsonc, which the local system reads too. */
function readSettings(): Omit<SiteBuild, 'assets' | 'modules'> {
  const config = readConfig(
    { config: join(repositoryRoot, 'apps/edge-api/wrangler.jsonc') },
    { hideWarnings: true },
  ) as WranglerSettings
  const burstLimit = config.ratelimits?.find(({ name }) => name === 'BURST_LIMIT')?.simple
  const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags, assets } = config
  if (burstLimit === undefined || compatibilityDate === undefined || assets?.not_found_handling === undefined)
    throw new Error('wrangler.jsonc lacks BURST_LIMIT, a compatibility date or what to do with unknown paths')
  return {
    compatibilityDate,
    compatibilityFlags,
    notFoundHandling: assets.not_found_handling,
    runWorkerFirst: assets.run_worker_first ?? false,
    burstLimit,
  }
}

async function listModules(folder: string): Promise<SiteBuild['modules']> {
  const names = (await readdir(folder)).filter((name) => (name.split('.').pop() ?? '') in contentTypes)
  const entry = 'worker.js'
  if (!names.includes(entry)) throw new Error(`there is no Worker in ${folder}`)
  return [entry, ...names.filter((name) => name !== entry).sort()].map((name) => ({
    name,
    file: join(folder, name),
    sha256: createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex'),
    contentType: contentTypes[name.split('.').pop() ?? ''] ?? '',
  }))
}

async function run(tool: string, args: readonly string[], folder: string): Promise<void> {
  const cwd = join(repositoryRoot, folder)
  const bins = [cwd, join(repositoryRoot, 'infra')].map((owner) => join(owner, 'node_modules/.bin'))
  const path = [dirname(process.execPath), ...bins, process.env['PATH'] ?? ''].join(delimiter)
  // Whatever account the deployment uses is none of the builders' business.
  const { CLOUDFLARE_API_TOKEN: _token, ...env } = process.env
  const child = spawn(tool, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...env,
      PATH: path,
      NODE_ENV: 'production',
      WRANGLER_SEND_METRICS: 'false',
      NO_COLOR: '1',
      NODE_OPTIONS: '',
    },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`${tool} ${args.join(' ')} ended with ${code}\n${output}`)
}
