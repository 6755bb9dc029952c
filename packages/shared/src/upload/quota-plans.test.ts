import { expect, test } from 'vitest'
import { nextQuotaDayMs, planNames, quotaDayOf, quotaPlans } from './quota-plans.ts'

test('a day begins and ends at midnight UTC', () => {
  const midnight = Date.UTC(2026, 11, 31, 24)
  expect(quotaDayOf(midnight - 1)).toBe('2026-12-31')
  expect(quotaDayOf(midnight)).toBe('2027-01-01')
  expect(nextQuotaDayMs(midnight - 1)).toBe(midnight)
  expect(nextQuotaDayMs(midnight)).toBe(midnight + 86_400_000)
})

test('a dearer plan allows more, and no plan more in a day than in all', () => {
  const plans = planNames.map((name) => quotaPlans[name])
  for (const [index, plan] of plans.entries()) {
    expect(plan.totalBytesMax).toBeGreaterThan(plan.dayBytesMax)
    expect(plan.dayBytesMax).toBeGreaterThan(plans[index - 1]?.dayBytesMax ?? 0)
    expect(plan.totalBytesMax).toBeGreaterThan(plans[index - 1]?.totalBytesMax ?? 0)
  }
})
