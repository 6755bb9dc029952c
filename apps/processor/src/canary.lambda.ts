// Lambda on a schedule, and called by `npm run check:pipeline`: wiring only.
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import * as canary from '@shoebox/db/stores/canary-store.ts'
import { keepRound } from '@shoebox/db/stores/round-store.ts'
import { makeCanaryMediaId } from '@shoebox/shared/canary.ts'
import { createS3CanaryObjects } from './adapters/s3-canary-objects.ts'
import { createS3Client } from './adapters/s3-client.ts'
import { runCanary, type CanaryDeps, type CanaryVerdict } from './canary/run-canary.ts'
import { canarySamples } from './canary/samples.ts'
import { readCanaryEnv } from './env.ts'
import { createLog } from './log.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const env = readCanaryEnv()
const log = createLog('canary')
const db = connectPool({ connectionString: env.DATABASE_URL, connectionsMax: 3 })

const deps: CanaryDeps = {
  nowMs: Date.now,
  newMediaId: () => makeCanaryMediaId(randomBytes(10)),
  pause: (ms) => pause(ms),
  reserve: (upload) => canary.reserveCanary(db, upload),
  findState: (mediaId) => canary.findCanary(db, mediaId),
  removeRow: (mediaId) => canary.removeCanary(db, mediaId),
  objects: createS3CanaryObjects({
    s3: createS3Client(),
    incomingBucket: env.INCOMING_BUCKET,
    mediaBucket: env.MEDIA_BUCKET,
  }),
}

/** A film on a cold start takes a quarter of it. */
const patienceMs = 100_000

export type CanaryReport = { readonly isOk: boolean; readonly verdicts: readonly CanaryVerdict[] }

/** Throws when the clock asked and something is wrong, so that AWS counts an error. Who asks in person gets the report. */
export const handler = rethrowPlainly(log, async (event: { readonly source?: string }): Promise<CanaryReport> => {
  const startedMs = Date.now()
  const verdicts = await runCanary(deps, canarySamples, startedMs + patienceMs)
  const report = { isOk: verdicts.every(({ isOk }) => isOk), verdicts }
  for (const { kind, isOk, stepsMs, trouble } of verdicts)
    log[isOk ? 'info' : 'error'](isOk ? 'canary_arrived' : 'canary_failed', { kind, trouble, ...stepsMs })
  if (report.isOk) log.info('canary_passed', { ms: Date.now() - startedMs })
  await keepRound(db, { task: 'canary', startedMs, endedMs: Date.now(), isOk: report.isOk, report: verdicts })
  if (!report.isOk && event.source === 'aws.events') throw new Error(describeTroubles(verdicts))
  return report
})

const describeTroubles = (verdicts: readonly CanaryVerdict[]): string =>
  verdicts.flatMap(({ kind, trouble }) => (trouble === null ? [] : [`${kind}: ${trouble}`])).join('; ')
