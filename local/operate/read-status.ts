// The facts of `npm run status`, and what of them needs somebody. Each part is asked alone: one that is down must not
// hide how the others are.
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { explainSchema, findSchemaState } from '@shoebox/db/schema-state.ts'
import { findRounds, type Round } from '@shoebox/db/stores/round-store.ts'
import { countUploads, measureStorage } from '@shoebox/db/stores/status-store.ts'
import { judgeSystem } from '@shoebox/shared/operations/judge-system.ts'
import type { KindStorage, UploadFacts } from '@shoebox/shared/operations/observation.schema.ts'
import { lambdaNames } from '../cloud-names.ts'
import { explainTrouble } from './explain-trouble.ts'
import { findLogLines } from './find-log-lines.ts'
import { listQueues, type QueueReport } from './list-queues.ts'
import { readSetting, type Stage } from './stage.ts'

export type DatabaseFacts = {
  readonly schema: 'current' | 'behind' | 'ahead'
  /** What to do about it, where it is not current. */
  readonly schemaTrouble: string | null
  readonly uploads: UploadFacts
  readonly storage: readonly KindStorage[]
  readonly rounds: readonly Round[]
}

export type Status = {
  readonly site: { readonly origin: string; readonly isUp: boolean } | null
  readonly queues: readonly QueueReport[] | null
  readonly database: DatabaseFacts | null
  /** Failures that each Lambda logged in the last hour. */
  readonly failures: Readonly<Record<string, number>> | null
  /** A sentence for everything that needs somebody; empty when all is well. */
  readonly troubles: readonly string[]
}

const hourMs = 60 * 60 * 1000

export async function readStatus(stage: Stage, nowMs: number): Promise<Status> {
  const troubles: string[] = []
  const ask = async <T>(what: string, work: Promise<T>): Promise<T | null> => {
    try {
      return await work
    } catch (error) {
      troubles.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
      return null
    }
  }
  const [site, queues, database, failures] = await Promise.all([
    ask('The site does not answer', readSite(stage)),
    ask('The queues do not answer', listQueues(stage)),
    ask('The database does not answer', readDatabase(stage, nowMs)),
    ask('The logs do not answer', countFailures(stage, nowMs)),
  ])
  if (site?.isUp === false) troubles.push(`${site.origin} is not well.`)
  if (database?.schemaTrouble) troubles.push(database.schemaTrouble)
  const judged = judgeSystem(
    {
      // Said above, with what to do about it.
      schema: null,
      queues: queues?.map(countLetters) ?? null,
      uploads: database?.uploads ?? null,
      rounds: database?.rounds ?? [],
    },
    nowMs,
  )
  troubles.push(...judged.map(explainTrouble))
  return { site, queues, database, failures, troubles }
}

async function readSite(stage: Stage) {
  const origin = await readSetting(stage, 'mail', 'SITE_ORIGIN')
  const { ok } = await fetch(`${origin}/api/health/ready`, { signal: AbortSignal.timeout(10_000) })
  return { origin, isUp: ok }
}

async function readDatabase(stage: Stage, nowMs: number): Promise<DatabaseFacts> {
  const db = connectPool({ connectionString: await readSetting(stage, 'persist', 'DATABASE_URL') })
  try {
    const schema = await findSchemaState(db)
    return {
      schema: schema.state,
      schemaTrouble: schema.state === 'current' ? null : explainSchema(schema),
      uploads: await countUploads(db, nowMs),
      storage: await measureStorage(db),
      rounds: await findRounds(db),
    }
  } finally {
    await db.$client.end()
  }
}

const countLetters = ({ visible, delayed, deadLetters, ...queue }: QueueReport) => ({
  ...queue,
  waiting: visible + delayed,
  deadLetters: deadLetters.length,
})

async function countFailures(stage: Stage, nowMs: number): Promise<Record<string, number>> {
  const counts = await Promise.all(
    lambdaNames.map(async (name) => {
      let failures = 0
      for await (const line of findLogLines(stage, name, { fromMs: nowMs - hourMs, words: 'message_failed' }))
        failures += line.text === '' ? 0 : 1
      return [name, failures] as const
    }),
  )
  return Object.fromEntries(counts)
}
