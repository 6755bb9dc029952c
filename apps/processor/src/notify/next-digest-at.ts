import { digestHour } from '@shoebox/shared/notices/delivery.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const monday = 1

/** How far a zone is ahead of UTC at a moment, milliseconds. A zone that this Node does not know is UTC. */
function offsetAt(ms: number, timeZone: string | null): number {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: timeZone ?? 'UTC',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(ms)
    const read = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
    const local = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
    return local - Math.floor(ms / 1000) * 1000
  } catch {
    return 0
  }
}

/** When the next digest is mailed: in the morning where the reader is, of the next day or the next Monday. */
export function nextDigestAt(nowMs: number, frequency: 'daily' | 'weekly', timeZone: string | null): Date {
  const today = Math.floor((nowMs + offsetAt(nowMs, timeZone)) / dayMs) * dayMs
  for (let day = today; ; day += dayMs) {
    const morning = day + digestHour * hourMs
    // The offset of that morning, not of now: the clocks may change between.
    const at = morning - offsetAt(morning - offsetAt(morning, timeZone), timeZone)
    if (at > nowMs && (frequency === 'daily' || new Date(day).getUTCDay() === monday)) return new Date(at)
  }
}
