// Packages with native code cannot be bundled, and the machine that deploys has another processor than the Lambda. They
// are installed from their own lockfile (natives/<set>) for the target, with integrity checked and scripts off.
import { spawn } from 'node:child_process'
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Architecture } from '../settings.ts'
import { repositoryRoot } from './repository-root.ts'

const cpuOf = { arm64: 'arm64', x86_64: 'x64' } as const satisfies Record<Architecture, string>

/** Installs a set into a Lambda's folder and returns the names that its code may import. */
export async function installNatives(set: string, architecture: Architecture, folder: string): Promise<string[]> {
  const source = join(repositoryRoot, 'infra/natives', set)
  const manifest = await readFile(join(source, 'package.json'), 'utf8')
  const lock = await readFile(join(source, 'package-lock.json'), 'utf8')
  const key = createHash('sha256').update(manifest).update(lock).digest('hex').slice(0, 16)
  const cache = join(repositoryRoot, '.sst/natives', `${set}-${architecture}-${key}`)
  if (!(await exists(join(cache, 'complete')))) await install(source, architecture, cache)
  await cp(join(cache, 'node_modules'), join(folder, 'node_modules'), { recursive: true })
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> }
  return Object.keys(dependencies)
}

async function install(source: string, architecture: Architecture, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) await cp(join(source, file), join(folder, file))
  const target = ['--os=linux', `--cpu=${cpuOf[architecture]}`, '--libc=glibc']
  await runNpm(['ci', ...target, '--ignore-scripts', '--no-audit', '--no-fund'], folder)
  // Headers and sources that only a compiler would want.
  await rm(join(folder, 'node_modules/.package-lock.json'), { force: true })
  const binaries = (await readdir(join(folder, 'node_modules/@img'))).filter((name) => name.includes('linux'))
  const foreign = binaries.filter((name) => !name.endsWith(`-${cpuOf[architecture]}`) || name.includes('musl'))
  for (const name of foreign) await rm(join(folder, 'node_modules/@img', name), { recursive: true })
  if (binaries.length === foreign.length) throw new Error(`npm installed nothing for linux ${architecture}`)
  await writeFile(join(folder, 'complete'), '')
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
