// What a page itself sees of its loading and of what blocks it. Used by the rows that look at a page from outside.
import type { Page } from 'playwright-core'

export type Seen = { lcpMs: number; shift: number; longMs: number[] }

/** Runs in the page, before its own code. */
export function watchPage(): void {
  const seen: Seen = { lcpMs: 0, shift: 0, longMs: [] }
  Object.assign(globalThis, { seen })
  const watch = (
    type: string,
    tell: (entry: PerformanceEntry & { value?: number; hadRecentInput?: boolean }) => void,
  ) => new PerformanceObserver((list) => list.getEntries().forEach(tell)).observe({ type, buffered: true })
  watch('largest-contentful-paint', (entry) => (seen.lcpMs = entry.startTime))
  watch('layout-shift', (entry) => entry.hadRecentInput !== true && (seen.shift += entry.value ?? 0))
  watch('longtask', (entry) => seen.longMs.push(entry.duration))
}

export const readSeen = (page: Page): Promise<Seen> => page.evaluate(() => Reflect.get(globalThis, 'seen') as Seen)

/** What blocked the page until now is another's matter. */
export const forgetLongTasks = (page: Page): Promise<void> =>
  page.evaluate(() => void (Reflect.get(globalThis, 'seen') as Seen).longMs.splice(0))
