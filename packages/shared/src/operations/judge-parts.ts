// How the parts are that people know, for anybody to read: up, slow or down, and no number that tells how to make them so.
import type { CanaryReport, QueueFacts } from './observation.schema.ts'
import { isLate, isSlow, type RoundFacts } from './judge-system.ts'

export const publicParts = ['pictures', 'films', 'sounds', 'mail', 'upkeep'] as const
export type PublicPart = (typeof publicParts)[number]

/** `unknown`: nobody has looked lately. */
export const partStates = ['up', 'slow', 'down', 'unknown'] as const
export type PartState = (typeof partStates)[number]

export type PartFacts = {
  readonly rounds: readonly RoundFacts[]
  /** Null: it never ran, or said nothing that can be read. */
  readonly canary: CanaryReport | null
  /** Null: they could not be asked. */
  readonly queues: readonly QueueFacts[] | null
}

export function judgeParts({ rounds, canary, queues }: PartFacts, nowMs: number): Record<PublicPart, PartState> {
  const isFresh = (task: string) => rounds.some((round) => round.task === task && !isLate(round, nowMs))
  const seen = isFresh('observe') ? queues : null
  const slow = (...names: readonly string[]) =>
    seen?.some((queue) => names.includes(queue.name) && isSlow(queue)) ?? false
  const arrival = (kind: CanaryReport[number]['kind'], ...through: readonly string[]): PartState => {
    const verdict = isFresh('canary') ? canary?.find((one) => one.kind === kind) : undefined
    if (verdict === undefined) return 'unknown'
    if (!verdict.isOk) return 'down'
    return slow(...through) ? 'slow' : 'up'
  }
  const upkeep = rounds.filter(({ task }) => task !== 'canary')
  return {
    pictures: arrival('image', 'uploads', 'outcomes'),
    films: arrival('video', 'uploads', 'videos', 'outcomes'),
    sounds: arrival('audio', 'uploads', 'videos', 'outcomes'),
    mail: seen === null ? 'unknown' : slow('mail') ? 'slow' : 'up',
    upkeep:
      upkeep.length === 0 ? 'unknown' : upkeep.some((round) => !round.isOk || isLate(round, nowMs)) ? 'slow' : 'up',
  }
}
