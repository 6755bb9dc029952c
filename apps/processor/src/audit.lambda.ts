// Lambda on a schedule, and for whoever wants to know at once: wiring only. A tick verifies the whole log and anchors what
// grew; `{"verify": "only"}` verifies, `{"verify": "accept"}` also says that a back-up was restored.
import * as z from 'zod'
import { connectPool } from '@shoebox/db/connect-pool.ts'
import { findAuditHeads, findAuditRows } from '@shoebox/db/stores/audit-verify-store.ts'
import { keepRound } from '@shoebox/db/stores/round-store.ts'
import { createS3Anchors } from './adapters/s3-anchors.ts'
import { createS3Client } from './adapters/s3-client.ts'
import { acceptRestored, anchorLog, type AnchorLogDeps } from './audit/anchor-log.ts'
import { verifyLog, type Finding, type VerifyLogDeps } from './audit/verify-log.ts'
import { readAuditEnv } from './env.ts'
import { createLog } from './log.ts'
import { rethrowPlainly } from './rethrow-plainly.ts'

const env = readAuditEnv()
const db = connectPool({ connectionString: env.DATABASE_URL, statementTimeoutMs: 60_000 })
const log = createLog('audit')

const deps: VerifyLogDeps & AnchorLogDeps = {
  nowMs: Date.now,
  secret: env.AUDIT_HMAC_KEY,
  ...createS3Anchors(createS3Client(), env.MEDIA_BUCKET),
  findHeads: () => findAuditHeads(db),
  findRows: (chain, after, rowsMax) => findAuditRows(db, chain, after, rowsMax),
}

const wishSchema = z.object({ verify: z.enum(['only', 'accept']).optional() })

export type AuditReport = {
  readonly chains: number
  readonly entries: number
  readonly anchors: number
  /** Chains that were anchored now. */
  readonly anchored: number
  readonly findings: readonly Finding[]
}

export const handler = rethrowPlainly(log, async (event: unknown): Promise<AuditReport> => {
  const startedMs = Date.now()
  const { verify } = wishSchema.parse(event)
  const verified = await verifyLog(deps)
  const { chains, entries, anchors, findings } = verified
  const found = findings.length
  log[found > 0 ? 'error' : 'info']('audit_verified', { chains, entries, anchors, found, first: describe(findings[0]) })
  if (verify === 'only') return { chains, entries, anchors, anchored: 0, findings }
  const anchored = await (verify === 'accept' ? acceptRestored(deps, verified) : anchorLog(deps, verified))
  const report = { chains, entries, anchors, anchored, findings }
  await keepRound(db, { task: 'audit', startedMs, endedMs: Date.now(), isOk: found === 0, report })
  return report
})

const describe = (finding: Finding | undefined): string | undefined =>
  finding && `${finding.kind} ${finding.chain ?? ''} ${finding.place}`
