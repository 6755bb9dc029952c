import type { ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'

type TakenAt = NonNullable<ReadyOutcome['takenAt']>

const offsetMinutesMax = 14 * 60

/** A container's moment of recording, `YYYY-MM-DDTHH:MM:SS` with or without `±HH:MM`, as wall clock and offset. */
export function readTakenAt(recordedAt: string | null): TakenAt | null {
  const parts =
    recordedAt === null ? null : /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:([+-])(\d\d):(\d\d))?$/.exec(recordedAt)
  const local = parts?.[1]
  // Clocks that were never set start in 1904 or 1970.
  if (local === undefined || Number(local.slice(0, 4)) <= 1970) return null
  if (parts?.[2] === undefined) return { local, offsetMinutes: null, source: 'container' }
  const minutes = Number(parts[3]) * 60 + Number(parts[4])
  const isReal = minutes <= offsetMinutesMax
  return { local, offsetMinutes: isReal ? (parts[2] === '-' ? -minutes : minutes) : null, source: 'container' }
}
