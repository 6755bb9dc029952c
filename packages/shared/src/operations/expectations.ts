// What the system is expected to keep to. The cloud's own schedules and alarms are declared in infra/plan.ts and the
// local ones in local/lambda; a test holds them against this, so that a page and an alarm mean the same.

/** How often the clock calls each task, in minutes. */
export const everyMinutes = {
  janitor: 5,
  canary: 15,
  purge: 1,
  reconcile: 15,
  accounts: 1,
  notify: 1,
  observe: 1,
  audit: 60,
} as const

/** How long the oldest message of each queue may wait, in seconds. */
export const oldestSecondsMax = {
  uploads: 15 * 60,
  videos: 30 * 60,
  outcomes: 10 * 60,
  mail: 5 * 60,
  bounces: 30 * 60,
  notices: 10 * 60,
} as const

const isNamedIn = <T extends object>(table: T, name: string): name is Extract<keyof T, string> =>
  Object.hasOwn(table, name)

/** Infinity for a task that no clock calls. */
export const periodMsOf = (task: string): number =>
  isNamedIn(everyMinutes, task) ? everyMinutes[task] * 60_000 : Infinity

/** Infinity for a queue that nothing is expected of. */
export const oldestSecondsMaxOf = (queue: string): number =>
  isNamedIn(oldestSecondsMax, queue) ? oldestSecondsMax[queue] : Infinity
