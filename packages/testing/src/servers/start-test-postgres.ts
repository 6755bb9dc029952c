// One Postgres, its Neon front and one migrated template database for a whole run; test files clone the template.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@shoebox/db/migrate.ts'
import { startNeonFront } from '@shoebox/local/neon/start-neon-front.ts'
import { startPostgres } from '@shoebox/local/postgres/start-postgres.ts'

/** What a test file is told; it crosses a process boundary, so plain text only. */
export type TestPostgresAddress = {
  /** A database to stand in while cloning. */
  readonly adminUrl: string
  readonly template: string
  /** The Neon front: `DATABASE_HTTP_ENDPOINT`. */
  readonly httpEndpoint: string
}

export type TestPostgres = { readonly address: TestPostgresAddress; readonly stop: () => Promise<void> }

export const isTestPostgres = (value: object): value is TestPostgres => 'address' in value && 'stop' in value

export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-test-'))
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres') })
  const front = await startNeonFront()
  await migrate(postgres.url)
  return {
    address: {
      adminUrl: postgres.urlOf('postgres'),
      template: decodeURIComponent(new URL(postgres.url).pathname.slice(1)),
      httpEndpoint: front.httpUrl,
    },
    stop: async () => {
      await front.stop()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
