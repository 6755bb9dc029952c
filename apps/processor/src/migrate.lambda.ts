// Lambda that a deployment calls before anything else: brings the database to the schema of this code.
import { migrate } from '@shoebox/db/migrate.ts'
import { readDatabaseEnv } from './env.ts'
import { createLog } from './log.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const env = readDatabaseEnv()
const log = createLog('migrate')

export const handler = rethrowPlainly(log, async (): Promise<{ migrated: true }> => {
  await migrate(env.DATABASE_URL)
  log.info('database_migrated')
  return { migrated: true }
})
