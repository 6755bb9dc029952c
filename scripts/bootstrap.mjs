// What every npm script runs first: `bootstrap.mjs run|develop <script.ts> [arguments]`. Installs with the pinned pnpm
// on whatever Node from 18 on is here, then hands over to the project's own Node 24, which the install brought.
// `run` installs what running needs, `develop` everything. Plain JavaScript without dependencies: nothing is there yet.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const pnpm = 'pnpm@12.21.0'
const root = fileURLToPath(new URL('..', import.meta.url))
const bin = join(root, 'local', 'node_modules', '.bin')
const stampFile = join(root, 'node_modules', '.installed.json')
const [mode, script, ...scriptArguments] = process.argv.slice(2)

if (Number(process.versions.node.split('.')[0]) < 18) {
  fail(`Shoebox starts on Node.js 18 or later; this is ${process.versions.node}. Install a newer one and try again.`)
}
if ((mode !== 'run' && mode !== 'develop') || script === undefined) fail('usage: bootstrap.mjs run|develop <script.ts>')
if (!isInstalled()) install()
handOver()

/** A stamp names what was installed and for which manifests, so that a second start need not ask pnpm at all. */
function isInstalled() {
  const stamp = readStamp()
  return stamp?.manifests === hashManifests() && (stamp.mode === 'develop' || stamp.mode === mode)
}

function readStamp() {
  return existsSync(join(bin, 'node')) && existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : null
}

function hashManifests() {
  const hash = createHash('sha256')
  const folders = ['apps', 'packages'].flatMap((name) =>
    readdirSync(join(root, name)).map((entry) => join(name, entry)),
  )
  const manifests = ['.', 'local', 'e2e', 'bench', 'infra', ...folders].map((folder) => join(folder, 'package.json'))
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    const path = join(root, file)
    if (existsSync(path)) hash.update(file).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function install() {
  // Who has developed here keeps the tools when only a manifest changed.
  const wanted = readStamp()?.mode === 'develop' ? 'develop' : mode
  console.log(`Installing what Shoebox needs to ${wanted === 'run' ? 'run' : 'be tested'} …`)
  // Without `--prefer-offline` a second install with no network waits more than a minute before it notices.
  const command = ['--yes', '--prefer-offline', pnpm, 'install', '--frozen-lockfile', '--reporter=append-only']
  if (wanted === 'run') command.push('--prod', '--filter', '@shoebox/local...')
  const { status, stdout, stderr, error } = spawnSync('npx', command, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error?.code === 'ENOENT') fail('npx was not found. It comes with npm: install npm and try again.')
  if (status !== 0) {
    console.error(`${stdout ?? ''}${stderr ?? ''}`.split('\n').slice(-30).join('\n'))
    fail(explain(`${stdout}${stderr}`))
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(stampFile, JSON.stringify({ mode: wanted, manifests: hashManifests() }))
}

function explain(output) {
  if (/ENOSPC/.test(output))
    return `The disk is full: free some space and run the same command again. Nothing was started.`
  if (/ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ENETUNREACH/.test(output))
    return `The package registry could not be reached: check the network and run the same command again. Nothing was started.`
  if (/EACCES|EPERM/.test(output))
    return `A folder may not be written: ${root} must belong to you. Nothing was started.`
  if (/OUTDATED_LOCKFILE/.test(output))
    return `pnpm-lock.yaml does not fit a package.json: run npx ${pnpm} install. Nothing was started.`
  return `Installing the dependencies failed; the lines above say why. Nothing was started.`
}

/** Not through `pnpm run`: without a terminal it gives the script a process group of its own, and signals miss it. */
function handOver() {
  const child = spawn(join(bin, 'node'), [join(root, script), ...scriptArguments], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: bin + delimiter + process.env.PATH },
  })
  child.on('error', (error) => fail(`The project's own Node.js does not start: ${error.message}`))
  process.on('SIGINT', () => {}) // a terminal's Ctrl+C has already reached the child
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

function fail(sentence) {
  console.error(`\n${sentence}`)
  process.exit(1)
}
