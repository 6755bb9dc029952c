// Packages with native code cannot be bundled, and the machine that deploys has another processor than the Lambda. They
// are installed from their own lockfile (natives/<set>) for the target, with integrity checked and scripts off.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, link, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Architecture } from '../settings.ts'
import { repositoryRoot } from './repository-root.ts'

type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>
  /** What a Lambda needs of all that npm brings, beside the binaries for its processor. */
  readonly keep: readonly string[]
}

const cpuOf = { arm64: 'arm64', x86_64: 'x64' } as const satisfies Record<Architecture, string>

/** Installs a set into a Lambda's folder and returns the names that its code may import. */
export async function installNatives(set: string, architecture: Architecture, folder: string): Promise<string[]> {
  const source = join(repositoryRoot, 'infra/natives', set)
  const files = ['package.json', 'package-lock.json']
  const texts = await Promise.all(files.map((file) => readFile(join(source, file), 'utf8')))
  const key = createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 16)
  const cache = join(repositoryRoot, '.sst/natives', `${set}-${architecture}-${key}`)
  const manifest = JSON.parse(texts[0] ?? '') as Manifest
  if (!(await exists(join(cache, 'complete')))) {
    await rm(cache, { recursive: true, force: true })
    await mkdir(cache, { recursive: true })
    for (const file of files) await cp(join(source, file), join(cache, file))
    await install(manifest, cpuOf[architecture], cache)
    await writeFile(join(cache, 'complete'), '')
  }
  await linkTree(join(cache, 'node_modules'), join(folder, 'node_modules'))
  return Object.keys(manifest.dependencies)
}

/** Hard links: 200 MB for every Lambda and processor would be copied otherwise. */
async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    await (entry.isDirectory() ? linkTree(source, target) : link(source, target))
  }
}

async function install({ keep }: Manifest, cpu: string, folder: string): Promise<void> {
  const target = ['--os=linux', `--cpu=${cpu}`, '--libc=glibc']
  await runNpm(['ci', ...target, '--ignore-scripts', '--no-audit', '--no-fund'], folder)
  const modules = join(folder, 'node_modules')
  const isBinary = (name: string) => name.endsWith(`-linux-${cpu}`) && name.startsWith('@')
  const names = await listPackages(modules)
  for (const name of names)
    if (!keep.includes(name) && !isBinary(name)) await rm(join(modules, name), { recursive: true })
  if (!names.some(isBinary)) throw new Error(`npm installed nothing for linux ${cpu}`)
}

async function listPackages(modules: string): Promise<string[]> {
  const entries = await readdir(modules)
  const scoped = entries.filter((name) => name.startsWith('@'))
  const inScopes = await Promise.all(
    scoped.map(async (scope) => (await readdir(join(modules, scope))).map((name) => `${scope}/${name}`)),
  )
  return [...entries.filter((name) => !name.startsWith('@')), ...inScopes.flat()]
}

async function runNpm(args: readonly string[], cwd: string): Promise<void> {
  const child = spawn('npm', args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code}\n${output}`)
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
