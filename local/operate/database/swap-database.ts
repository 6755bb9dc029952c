// Makes a database beside the one in use, and puts it in its place only when it is complete: a restore that fails
// changes nothing, and the database before stays under another name.
import pg from 'pg'

/** The same server, another database. */
export function urlOf(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

export const nameOf = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1))

/**
 * @param fill gets the address of an empty database
 * @returns what `fill` returned, and the name of the new database
 */
export async function fillBeside<T>(
  url: string,
  nowMs: number,
  fill: (url: string) => Promise<T>,
): Promise<{ filled: T; database: string }> {
  const database = `${nameOf(url)}_${stampOf(nowMs)}`
  await runAt(urlOf(url, 'postgres'), `create database ${quote(database)}`)
  try {
    return { filled: await fill(urlOf(url, database)), database }
  } catch (error) {
    await runAt(urlOf(url, 'postgres'), `drop database if exists ${quote(database)} with (force)`)
    throw error
  }
}

/** Ends every session of the database in use; clients connect anew, to the other one. Returns the old one's new name. */
export async function swapDatabase(url: string, fresh: string): Promise<string> {
  const current = nameOf(url)
  const before = `${fresh}_before`
  await runAt(
    urlOf(url, 'postgres'),
    `alter database ${quote(current)} allow_connections false`,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${current}'`,
    `alter database ${quote(current)} rename to ${quote(before)}`,
    `alter database ${quote(fresh)} rename to ${quote(current)}`,
    `alter database ${quote(before)} allow_connections true`,
  )
  return before
}

export const dropDatabase = (url: string, database: string): Promise<void> =>
  runAt(urlOf(url, 'postgres'), `drop database ${quote(database)} with (force)`)

async function runAt(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

const stampOf = (nowMs: number): string =>
  new Date(nowMs)
    .toISOString()
    .slice(0, 19)
    .replaceAll(/[^0-9]/g, '')
const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
