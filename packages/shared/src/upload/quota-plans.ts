// How much each plan may upload: in one UTC day, and in all. 1 MB = 2^20 bytes.

const MB = 2 ** 20
const GB = 2 ** 30

export const planNames = ['demo', 'free', 'pro', 'pro-plus', 'studio'] as const
export type PlanName = (typeof planNames)[number]

export type QuotaPlan = { readonly dayBytesMax: number; readonly totalBytesMax: number }

export const quotaPlans = {
  demo: { dayBytesMax: 25 * MB, totalBytesMax: 1 * GB },
  free: { dayBytesMax: 100 * MB, totalBytesMax: 5 * GB },
  pro: { dayBytesMax: 500 * MB, totalBytesMax: 100 * GB },
  'pro-plus': { dayBytesMax: 1 * GB, totalBytesMax: 500 * GB },
  studio: { dayBytesMax: 10 * GB, totalBytesMax: 2048 * GB },
} as const satisfies Record<PlanName, QuotaPlan>

/** Every account begins with it. */
export const firstPlan: PlanName = 'free'

/** The UTC day that a moment counts for, as `YYYY-MM-DD`. */
export const quotaDayOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10)

/** When the next UTC day begins, milliseconds since 1970. */
export const nextQuotaDayMs = (nowMs: number): number => (Math.floor(nowMs / dayMs) + 1) * dayMs

const dayMs = 24 * 60 * 60 * 1000
