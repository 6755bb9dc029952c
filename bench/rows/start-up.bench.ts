// B12: what has to be there before the first answer: the Worker's bundle and its start in workerd, each Lambda's code in
// a fresh Node, and what somebody who changes the code waits for.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare, type MiniflareOptions } from 'miniflare'
import { findFreePort } from '@shoebox/local/ports.ts'
import { findChildren } from '@shoebox/local/processes/find-children.ts'
import { bundleWorker, listModules, type WorkerBundle } from '@shoebox/local/worker/bundle-worker.ts'
import { measureInTurns, measureWallMs, type BenchLine, type BenchRow } from '../bench-row.ts'
import { canReadCpu, readCpuMs } from './process-cpu.ts'

const root = join(import.meta.dirname, '../..')
const run = promisify(execFile)

const emptyWorker: WorkerBundle = {
  script: 'export default { fetch: () => new Response() }',
  parts: new Map(),
  wasm: new Map(),
}

const runtimes = () => findChildren().flatMap(({ pid, command }) => (command === 'workerd' ? [pid] : []))

/** CPU milliseconds of a workerd from its start to the end of its first answer. */
async function startWorker(bundle: WorkerBundle): Promise<number> {
  const known = new Set(runtimes())
  const port = await findFreePort()
  const options: MiniflareOptions = convertV4MiniflareOptions({
    host: '127.0.0.1',
    port,
    cf: false,
    // What it says of its missing settings.
    handleStructuredLogs: () => {},
    compatibilityDate: '2026-11-01',
    modules: listModules(bundle),
  })
  const miniflare = new Miniflare(options)
  await miniflare.ready
  // Without settings the answer is a fault: the code was run all the same.
  await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer()
  const pid = runtimes().find((candidate) => !known.has(candidate)) ?? 0
  const cpuMs = readCpuMs(pid)
  await miniflare.dispose()
  return cpuMs
}

async function measureWorker(): Promise<BenchLine[]> {
  const bundle = await bundleWorker()
  const gzBytes = listModules(bundle).reduce((sum, { contents }) => sum + gzipSync(contents).length, 0)
  const sizes = [
    { work: 'the Worker, wasm included', measure: 'kB gz', ours: gzBytes / 1024, oursMax: 200, comparisons: [] },
  ]
  if (!canReadCpu) return sizes
  const [ours = 0, empty = 0] = await measureInTurns([() => startWorker(bundle), () => startWorker(emptyWorker)])
  const comparisons = [{ against: 'floor: a workerd with an empty Worker', value: empty }]
  return [
    ...sizes,
    { work: 'start to first answer', measure: 'CPU ms of workerd', ours, comparisons },
    { work: 'start of our code alone', measure: 'CPU ms', ours: ours - empty, oursMax: 50, comparisons: [] },
  ]
}

/** What a Lambda loads, except packages with native code, which stay where they are. */
async function bundleLambda(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.mjs`)
  await build({
    entryPoints: [join(root, `apps/processor/src/${name}.lambda.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    minify: true,
    packages: 'bundle',
    external: ['sharp', 'node-av', 'pg-native', 'libheif-js', '*.node'],
    banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
    logLevel: 'silent',
  })
  return outfile
}

/** Milliseconds that a fresh Node takes longer when it loads the module; what is wrong with the settings does not matter. */
function loadModule(file: string | null): Promise<number> {
  const code = file === null ? '' : `await import(${JSON.stringify(file)}).catch(() => {})`
  const startedAtMs = performance.now()
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${code}\nprocess.exit(0)`], { stdio: 'ignore' })
  return new Promise((resolve) => void child.on('exit', () => resolve(performance.now() - startedAtMs)))
}

async function measureLambdas(say: (progress: string) => void): Promise<BenchLine[]> {
  const folder = mkdtempSync(join(root, 'apps/processor/.bench-'))
  try {
    const names = readdirSync(join(root, 'apps/processor/src'))
      .filter((file) => file.endsWith('.lambda.ts'))
      .map((file) => file.replace('.lambda.ts', ''))
    const lines: BenchLine[] = []
    for (const name of names) {
      say(`the Lambda ${name}`)
      const file = await bundleLambda(name, folder)
      const [ours = 0, floor = 0] = await measureInTurns([() => loadModule(file), () => loadModule(null)])
      const comparisons = [{ against: 'floor: Node alone', value: floor }]
      const gz = gzipSync(readFileSync(file)).length / 1024
      lines.push({ work: `Lambda ${name}, cold`, measure: 'ms', ours, oursMax: 400, comparisons })
      lines.push({ work: '', measure: 'kB gz', ours: gz, comparisons: [] })
    }
    return lines
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What `npm run check` runs. Once: it takes as long as all the rest together. */
async function measureCheck(): Promise<BenchLine> {
  const ms = await measureWallMs(() =>
    run(process.execPath, ['scripts/test.ts', '--checks-only'], { cwd: root, maxBuffer: Infinity }),
  )
  return { work: 'npm run check', measure: 's', ours: ms / 1000, oursMax: 60, comparisons: [] }
}

/** Every project, one after the other. */
async function measureTypes(): Promise<BenchLine> {
  const { stdout } = await run('git', ['ls-files', '*tsconfig*.json', ':!:tsconfig.base.json'], { cwd: root })
  const ms = await measureWallMs(async () => {
    for (const project of stdout.trim().split('\n'))
      await run(join(root, 'node_modules/.bin/tsc'), ['-p', project], { cwd: root }).catch(() => {})
  })
  return { work: 'of it the types, with one processor', measure: 's', ours: ms / 1000, comparisons: [] }
}

export const row: BenchRow = {
  id: 'B12',
  name: 'start-up',
  title: 'until the first answer, and until a change is known to be right',
  run: async (say) => {
    say('the Worker')
    const worker = await measureWorker()
    const lambdas = await measureLambdas(say)
    say('every check')
    const check = await measureCheck()
    say('types')
    return [...worker, ...lambdas, check, await measureTypes()]
  },
}
