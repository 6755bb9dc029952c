// A database of its own for each test file: a clone of the migrated template takes about 40 ms.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import type { TestPostgresAddress } from './servers/start-test-postgres.ts'

// Here and not beside the set-up that provides it: every package whose tests import this file sees it.
declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgresAddress
  }
}

export type ClonedDatabase = {
  /** Ordinary Postgres over TCP. */
  readonly url: string
  /** The Neon front, for the edge's driver; it serves every database of the cluster. */
  readonly httpEndpoint: string
  /** Ends whatever is still connected, then removes it. */
  readonly drop: () => Promise<void>
}

/** Clones the migrated template. Call it once per file in `beforeAll`, and `drop` in `afterAll`. */
export async function cloneDatabase(address: TestPostgresAddress = inject('postgres')): Promise<ClonedDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await runAsAdmin(address, `create database "${name}" template "${address.template}"`)
  const url = new URL(address.adminUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    httpEndpoint: address.httpEndpoint,
    drop: () => runAsAdmin(address, `drop database if exists "${name}" with (force)`),
  }
}

async function runAsAdmin({ adminUrl }: TestPostgresAddress, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
