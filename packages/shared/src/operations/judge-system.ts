// What of the facts needs somebody. One judgement for `npm run status`, the administrators' page and the public one.
import { oldestSecondsMaxOf, periodMsOf } from './expectations.ts'
import type { QueueFacts, UploadFacts } from './observation.schema.ts'

export type RoundFacts = { readonly task: string; readonly isOk: boolean; readonly endedMs: number }

export type SystemFacts = {
  /** Null: it could not be asked, which whoever asked says. */
  readonly schema: 'current' | 'behind' | 'ahead' | null
  readonly queues: readonly QueueFacts[] | null
  readonly uploads: UploadFacts | null
  readonly rounds: readonly RoundFacts[]
}

export const troubleCodes = [
  'schema_behind',
  'schema_ahead',
  'queue_slow',
  'dead_letters',
  'uploads_stuck',
  'uploads_given_up',
  'files_undeleted',
  'round_failed',
  'round_late',
] as const
export type TroubleCode = (typeof troubleCodes)[number]

export type Trouble = {
  readonly code: TroubleCode
  /** The queue or the task; null where it is about all. */
  readonly part: string | null
  /** How many; of what is slow or late, for how many seconds. */
  readonly count: number
}

/** Three rounds missed in a row are no delay. */
const roundsMissed = 3

/** Whether a task, by its last round, should have run again long ago. */
export const isLate = ({ task, endedMs }: Pick<RoundFacts, 'task' | 'endedMs'>, nowMs: number): boolean =>
  nowMs - endedMs > roundsMissed * periodMsOf(task)

export const isSlow = ({ name, oldestSeconds }: QueueFacts): boolean =>
  oldestSeconds !== null && oldestSeconds > oldestSecondsMaxOf(name)

/** The gravest first. */
export function judgeSystem({ schema, queues, uploads, rounds }: SystemFacts, nowMs: number): Trouble[] {
  const counted = (code: TroubleCode, count: number): Trouble[] => (count > 0 ? [{ code, part: null, count }] : [])
  return [
    ...(schema === 'behind' || schema === 'ahead' ? counted(`schema_${schema}`, 1) : []),
    ...rounds.flatMap((round) => judgeRound(round, nowMs)),
    ...(queues ?? []).flatMap(judgeQueue),
    ...counted('uploads_stuck', uploads?.stuck ?? 0),
    ...counted('uploads_given_up', uploads?.givenUp ?? 0),
    ...counted('files_undeleted', uploads?.undeleted ?? 0),
  ]
}

function judgeRound(round: RoundFacts, nowMs: number): Trouble[] {
  const part = round.task
  const troubles: Trouble[] = []
  if (!round.isOk) troubles.push({ code: 'round_failed', part, count: 1 })
  if (isLate(round, nowMs))
    troubles.push({ code: 'round_late', part, count: Math.round((nowMs - round.endedMs) / 1000) })
  return troubles
}

function judgeQueue(queue: QueueFacts): Trouble[] {
  const part = queue.name
  const troubles: Trouble[] = []
  if (queue.deadLetters > 0) troubles.push({ code: 'dead_letters', part, count: queue.deadLetters })
  if (isSlow(queue)) troubles.push({ code: 'queue_slow', part, count: queue.oldestSeconds ?? 0 })
  return troubles
}
