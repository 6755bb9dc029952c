import { expect, test } from 'vitest'
import { quotaPlans, planNames } from '@shoebox/shared/upload/quota-plans.ts'
import { need, show } from '../../test/render.tsx'
import { UsageBars } from './plan-usage.tsx'

const MB = 2 ** 20
const usageOf = (plan: (typeof planNames)[number], dayBytes: number, totalBytes: number) => ({
  plan,
  day: { usedBytes: dayBytes, limitBytes: quotaPlans[plan].dayBytesMax, resetsAt: '2026-12-01T00:00:00.000Z' },
  total: { usedBytes: totalBytes, limitBytes: quotaPlans[plan].totalBytesMax },
})

test('today and all are told in numbers, to the eye and to a screen reader, with when the day ends', () => {
  const page = show(() => <UsageBars usage={usageOf('free', 25 * MB, 1024 * MB)} />)
  const meters = [...page.querySelectorAll('[role="meter"]')]
  expect(meters.map((meter) => meter.getAttribute('aria-valuetext'))).toEqual(['25 MB of 100 MB', '1 GB of 5 GB'])
  expect(page.textContent).toContain('25 MB of 100 MB')
  expect(page.textContent).toMatch(/Starts anew .*2026/)
  const bars = meters.map((meter) => need(meter, 'div').style.transform)
  expect(bars).toEqual(['scaleX(0.25)', 'scaleX(0.2)'])
})

test('a bar never leaves its frame, even when a smaller plan holds more than it takes', () => {
  const page = show(() => <UsageBars usage={usageOf('demo', 90 * MB, 0)} />)
  const meter = need(page, '[role="meter"]')
  expect(need(meter, 'div').style.transform).toBe('scaleX(1)')
  expect(meter.getAttribute('aria-valuenow')).toBe(meter.getAttribute('aria-valuemax'))
})

test.each(planNames)('the plan %s has a name', (plan) => {
  expect(show(() => <UsageBars usage={usageOf(plan, 0, 0)} />).querySelector('p')?.textContent).not.toBe('')
})
