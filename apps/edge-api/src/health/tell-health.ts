// `/api/health/ready`: whether this site can do its work, and how the parts are that people know; for monitors, for the
// page at /health and for `npm run status`. Nothing in it tells a stranger how much anything bears. An answer is kept for
// a moment, so that asking often costs the database nothing.
import { canaryReportSchema, observationSchema } from '@shoebox/shared/operations/observation.schema.ts'
import { judgeParts } from '@shoebox/shared/operations/judge-parts.ts'
import type { PublicHealth } from '@shoebox/shared/operations/public-health.ts'

type SchemaState = NonNullable<PublicHealth['schema']>

export type LastRound = {
  readonly task: string
  readonly isOk: boolean
  readonly startedMs: number
  readonly endedMs: number
  /** As the task wrote it. */
  readonly report: unknown
}

export type TellHealthDeps = {
  readonly nowMs: () => number
  readonly readHealth: () => Promise<{ readonly schema: SchemaState; readonly rounds: readonly LastRound[] }>
  /** Of this isolate: values, never promises. */
  readonly shelf: HealthShelf
}

export type HealthShelf = { kept: { readonly health: PublicHealth; readonly untilMs: number } | null }

const keptMs = 5_000

/** 200 where the site can work, 503 where it cannot. */
export async function tellHealth(deps: TellHealthDeps): Promise<Response> {
  const nowMs = deps.nowMs()
  const kept = deps.shelf.kept
  const health = kept !== null && nowMs < kept.untilMs ? kept.health : await askHealth(deps)
  deps.shelf.kept = kept?.health === health ? kept : { health, untilMs: nowMs + keptMs }
  return Response.json(health, { status: health.isReady ? 200 : 503, headers: { 'cache-control': 'no-store' } })
}

async function askHealth({ nowMs, readHealth }: TellHealthDeps): Promise<PublicHealth> {
  try {
    const { schema, rounds } = await readHealth()
    const canary = findRound(rounds, 'canary')
    return {
      // Old code on a newer schema is what every deployment begins with.
      isReady: schema !== 'behind',
      database: 'up',
      schema,
      parts: judgeParts(
        {
          rounds,
          canary: canaryReportSchema.safeParse(canary?.report).data ?? null,
          queues: observationSchema.safeParse(findRound(rounds, 'observe')?.report).data?.queues ?? null,
        },
        nowMs(),
      ),
      canary: canary === null ? null : { isOk: canary.isOk, endedAt: new Date(canary.endedMs).toISOString() },
    }
  } catch {
    const parts = judgeParts({ rounds: [], canary: null, queues: null }, nowMs())
    return { isReady: false, database: 'down', schema: null, parts, canary: null }
  }
}

export const findRound = (rounds: readonly LastRound[], task: string): LastRound | null =>
  rounds.find((round) => round.task === task) ?? null
