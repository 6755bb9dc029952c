// Postgres refuses to run as root. When we are root, it runs as the system account `postgres`, made when missing, and
// everything it reads must be reachable by that account. Called by start-postgres only.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

export type Account = { uid: number; gid: number }

/** The account Postgres must run as, or null when we may run it ourselves. */
export function findPostgresAccount(): Account | null {
  if (process.getuid?.() !== 0) return null
  const known = readAccount()
  if (known !== null) return known
  try {
    execFileSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ])
  } catch {
    throw new Error('Postgres cannot run as root, and no account "postgres" could be made: run as another user')
  }
  return readAccount() ?? fail('the account "postgres" was made but cannot be found')
}

function readAccount(): Account | null {
  try {
    const read = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }))
    return { uid: read('-u'), gid: read('-g') }
  } catch {
    return null
  }
}

/** True when an account that owns none of these folders can walk into every parent of the path. */
export function isReachableByOthers(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && statSync(folder).isDirectory() && (statSync(folder).mode & 0o001) === 0) return false
    if (dirname(folder) === folder) return true
  }
}

/**
 * The data folder itself, or, when the clone lies under a folder closed to others (mode 700), a twin of it under
 * /var/tmp named after its path, so that the same clone always finds the same twin and `reset` can remove it.
 */
export function placeDataFolder(dataDir: string, account: Account | null): string {
  mkdirSync(dirname(dataDir), { recursive: true })
  if (account === null) return dataDir
  if ((statSync(dirname(dataDir)).mode & 0o001) === 0) chmodSync(dirname(dataDir), 0o711)
  return isReachableByOthers(dirname(dataDir)) ? dataDir : findTwin(dataDir)
}

/** Removes the twin of a data folder, if there is one. */
export function removeTwin(dataDir: string): void {
  if (process.getuid?.() === 0) rmSync(findTwin(dataDir), { recursive: true, force: true })
}

function findTwin(path: string): string {
  const name = createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16)
  return join(readableRoot(), `${basename(path)}-${name}`)
}

/** The folder of binaries itself, or a copy that the account can read. */
export function placeBinaries(nativeDir: string, version: string, account: Account | null): string {
  if (account === null || isReachableByOthers(nativeDir)) return nativeDir
  const copy = join(readableRoot(), `binaries-${version}`)
  const isComplete = join(copy, '.complete')
  if (!existsSync(isComplete)) {
    cpSync(nativeDir, copy, { recursive: true, verbatimSymlinks: true })
    mkdirSync(isComplete)
  }
  return copy
}

/** Ours alone, or another user of the machine could plant a data folder or a binary for us to run. */
function readableRoot(): string {
  const root = join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), 'shoebox-postgres')
  mkdirSync(root, { recursive: true, mode: 0o711 })
  const { uid } = lstatSync(root)
  if (lstatSync(root).isSymbolicLink() || uid !== process.getuid?.()) fail(`${root} belongs to someone else; remove it`)
  chmodSync(root, 0o711)
  return root
}

function fail(sentence: string): never {
  throw new Error(sentence)
}
