import { periodMsOf } from '@shoebox/shared/operations/expectations.ts'
import { isLate, isSlow, judgeSystem } from '@shoebox/shared/operations/judge-system.ts'
import {
  canaryReportSchema,
  observationSchema,
  reconcileReportSchema,
} from '@shoebox/shared/operations/observation.schema.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { requireAdministrator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { SystemOutput } from './health.schema.ts'
import { findRound, type LastRound } from './tell-health.ts'

type SystemRead = { readonly schema: SystemOutput['schema']; readonly rounds: readonly LastRound[] }

export type DescribeSystemDeps = {
  readonly nowMs: () => number
  /** Checks the session and reads how the system is, in one trip. */
  readonly readSystem: () => Promise<CheckedRead<SystemRead> | null>
}

/** How every part of the system is, for administrators. */
export async function describeSystem(
  deps: DescribeSystemDeps,
): Promise<Result<SystemOutput, { code: 'sign_in_needed' | 'not_found' | 'step_up_needed' }>> {
  const read = await deps.readSystem()
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const administrator = requireAdministrator(read.user, deps.nowMs())
  if (!administrator.ok) return administrator
  return accept(describe(read.data, deps.nowMs()))
}

function describe({ schema, rounds }: SystemRead, nowMs: number): SystemOutput {
  const observed = findRound(rounds, 'observe')
  const canary = findRound(rounds, 'canary')
  const { queues, uploads, storage } = observationSchema.safeParse(observed?.report).data ?? nothingSeen
  return {
    readAt: momentOf(nowMs),
    schema,
    observedAt: observed === null ? null : momentOf(observed.endedMs),
    queues: queues?.map((queue) => ({ ...queue, isSlow: isSlow(queue) })) ?? null,
    uploads,
    storage: storage === null ? null : { countedAt: momentOf(storage.countedAtMs), kinds: storage.kinds },
    tasks: rounds.map((round) => describeTask(round, nowMs)),
    canary:
      canary === null
        ? null
        : { endedAt: momentOf(canary.endedMs), verdicts: canaryReportSchema.safeParse(canary.report).data ?? [] },
    reconciler: reconcileReportSchema.safeParse(findRound(rounds, 'reconcile')?.report).data ?? null,
    troubles: judgeSystem({ schema, queues, uploads, rounds }, nowMs),
  }
}

const nothingSeen = { queues: null, uploads: null, storage: null }

const momentOf = (ms: number): string => new Date(ms).toISOString()

function describeTask(round: LastRound, nowMs: number): SystemOutput['tasks'][number] {
  const everyMinutes = periodMsOf(round.task) / 60_000
  return {
    task: round.task,
    isOk: round.isOk,
    isLate: isLate(round, nowMs),
    startedAt: momentOf(round.startedMs),
    endedAt: momentOf(round.endedMs),
    everyMinutes: Number.isFinite(everyMinutes) ? everyMinutes : null,
  }
}
