// A real Postgres 18 on loopback over one data folder; made on the first start, reused on the next (about 50 ms).
// Called by the stack and by tests. Data must survive SIGKILL of anything; a power cut may cost it (see settings).
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { findFreePort, loopbackHost } from '../ports.ts'
import { startOrphanGuard, type OrphanGuard } from '../processes/orphan-guard.ts'
import { runChild, type RunningChild } from '../processes/run-child.ts'
import { findPostgresBinaries } from './find-binaries.ts'
import { findPostgresAccount, placeBinaries, placeDataFolder, type Account } from './postgres-account.ts'
import { postgresSettings } from './postgres-settings.ts'

export type PostgresOptions = {
  /** Where the cluster lives; its parent is made when missing. */
  dataDir: string
  /** The port to ask for first; any free one when absent. */
  port?: number
  /** Added to postgres-settings.ts, or put in place of what stands there. */
  settings?: readonly string[]
  guard?: OrphanGuard
  onLine?: (line: string) => void
  onDeath?: (how: string) => void
}

export type Postgres = {
  readonly port: number
  /** The application's database, as its owner. */
  readonly url: string
  /** The URL of another database of this cluster, e.g. `postgres` for CREATE DATABASE. */
  urlOf(database: string): string
  stop(): Promise<void>
}

const owner = 'shoebox'
const password = 'local'
const applicationDatabase = 'shoebox'

type Place = { dataDir: string; bin: (name: string) => string; account: Account | null }

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const place = findPlace(options.dataDir)
  const guard = options.guard ?? startOrphanGuard()
  const isFresh = !existsSync(join(place.dataDir, 'made'))
  if (isFresh) await makeCluster(place, guard)
  else await endLeftover(place.dataDir)

  const port = await findFreePort(options.port)
  const urlOf = (database: string) => `postgres://${owner}:${password}@${loopbackHost}:${port}/${database}`
  let isStopping = false
  const onLine = (line: string) => {
    // What it says while it is being stopped is no news.
    if (!isStopping) options.onLine?.(line)
  }
  const server = await runServer(place, { port, guard, onLine, settings: options.settings ?? [] })
  void server.ended.then((how) => {
    if (!isStopping) options.onDeath?.(how)
  })
  if (isFresh) {
    await makeDatabase(urlOf('postgres'))
    writeFileSync(join(place.dataDir, 'made'), '')
  }
  return {
    port,
    url: urlOf(applicationDatabase),
    urlOf,
    async stop() {
      isStopping = true
      // SIGINT is Postgres's fast shutdown: sessions end, the log is flushed.
      await server.stop('SIGINT')
      if (options.guard === undefined) guard.release()
    },
  }
}

/** One that somebody else has started, and will stop. */
export function usePostgres(url: string): Postgres {
  const urlOf = (database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href
  return { port: Number(new URL(url).port), url, urlOf, stop: () => Promise.resolve() }
}

function findPlace(wantedDir: string): Place {
  const account = findPostgresAccount()
  const { nativeDir, version } = findPostgresBinaries()
  const readableDir = placeBinaries(nativeDir, version, account)
  return {
    account,
    dataDir: placeDataFolder(wantedDir, account),
    bin: (name) => join(readableDir, 'bin', name),
  }
}

/** Runs initdb. A folder that a killed initdb left half made has no `made` file and is thrown away. */
async function makeCluster({ dataDir, bin, account }: Place, guard: OrphanGuard): Promise<void> {
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (account !== null) chownSync(dataDir, account.uid, account.gid)
  const passwordFile = join(tmpdir(), `shoebox-${randomUUID()}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (account !== null) chownSync(passwordFile, account.uid, account.gid)
  const lines: string[] = []
  const child = runChild({
    command: bin('initdb'),
    args: [
      `--pgdata=${dataDir}`,
      `--username=${owner}`,
      // Neon's driver sends the password together with its greeting, which only this method understands.
      '--auth=password',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-sync',
      '--set=scram_iterations=1',
    ],
    cwd: '/',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    user: account ?? undefined,
    guard,
    onLine: (line) => lines.push(line),
  })
  const how = await child.ended
  unlinkSync(passwordFile)
  if (how !== 'exit code 0') throw new Error(`Postgres could not make its data folder (${how}): ${explain(lines)}`)
}

async function runServer(
  { dataDir, bin, account }: Place,
  { port, guard, onLine, settings }: Required<Pick<PostgresOptions, 'port' | 'guard' | 'onLine' | 'settings'>>,
): Promise<RunningChild> {
  const lines: string[] = []
  const ready = Promise.withResolvers<void>()
  let isReady = false
  const child = runChild({
    command: bin('postgres'),
    args: ['-D', dataDir, '-p', `${port}`, ...[...postgresSettings, ...settings].flatMap((setting) => ['-c', setting])],
    cwd: '/',
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    user: account ?? undefined,
    guard,
    guardSignal: 'INT',
    onLine(line) {
      if (isReady) return onLine(line)
      lines.push(line)
      isReady = line.includes('database system is ready to accept connections')
      if (isReady) ready.resolve()
    },
  })
  const died = child.ended.then((how) => {
    throw new Error(`Postgres did not start (${how}): ${explain(lines)}`)
  })
  died.catch(() => {})
  await Promise.race([ready.promise, died])
  return child
}

/** A Postgres whose starter was killed may still hold the folder for a moment: ask it to end and wait. */
async function endLeftover(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const [pidLine, folderLine] = readFileSync(pidFile, 'utf8').split('\n')
  const pid = Number(pidLine)
  if (!Number.isInteger(pid) || pid <= 1 || folderLine !== dataDir) return
  const deadline = Date.now() + 10_000
  while (existsSync(pidFile) && isAlive(pid) && Date.now() < deadline) {
    process.kill(pid, 'SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function makeDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [applicationDatabase])
    if (found.rowCount === 0) await client.query(`create database "${applicationDatabase}"`)
  } finally {
    await client.end()
  }
}

/** The lines people can act on; the usual causes get a sentence. */
function explain(lines: readonly string[]): string {
  const text = lines.slice(-5).join(' ')
  const library = /lib[\w.+-]+\.so[\w.]*(?=: cannot open shared object file)/.exec(lines.join(' '))
  if (library !== null) return `the system library ${library[0]} is missing; install it (${text})`
  if (/No space left on device/.test(text)) return `the disk is full; free some space (${text})`
  if (/could not bind/.test(text)) return `its port is taken (${text})`
  return text
}
