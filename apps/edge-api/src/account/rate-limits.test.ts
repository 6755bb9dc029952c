import { expect, test } from 'vitest'
import { fixedClock } from '@shoebox/testing/fixed-clock.ts'
import { judgeCharges, limitRules, planCharges, type Charge, type LimitName } from './rate-limits.ts'

const clock = fixedClock(new Date('2026-06-15T12:00:10.000Z'))
const deps = { nowMs: clock.nowMs, hashLimitKey: (text: string) => Promise.resolve(text) }
const all = { address: 'a@example.org', network: '192.0.2.1', session: 'session-1', person: 'person-1' }

const counted = (charge: Charge, count: number) => ({ ...charge, count })

test('a call is counted for its address, its network, the pair, its session or its person, in each window of its rules', async () => {
  for (const name of Object.keys(limitRules) as LimitName[]) {
    const charges = await planCharges(deps, name, all)
    expect(charges).toHaveLength(limitRules[name].length)
    expect(new Set(charges.map((charge) => `${charge.key} ${charge.windowSeconds}`)).size).toBe(charges.length)
  }
})

test('what is not known of a call is not counted', async () => {
  const charges = await planCharges(deps, 'sign-in', { network: all.network })
  expect(charges.map(({ key }) => key)).toEqual(['sign-in network 192.0.2.1'])
})

test('charges come in one order whatever their rules, so that calls cannot wait for each other in a circle', async () => {
  const charges = await planCharges(deps, 'send-code', all)
  const order = charges.map((charge) => `${charge.key} ${String(charge.windowSeconds).padStart(9, '0')}`)
  expect(order).toEqual(order.toSorted())
})

test('the last allowed call passes, the next is told when its window ends', async () => {
  const charges = await planCharges(deps, 'send-code', all)
  const atLimit = charges.map((charge) => counted(charge, charge.timesMax))
  expect(judgeCharges(charges, atLimit, clock.nowMs())).toMatchObject({ ok: true })
  const minute = charges.find((charge) => charge.windowSeconds === 60)!
  const over = atLimit.map((charge) =>
    charge.key === minute.key && charge.windowSeconds === 60 ? counted(minute, 4) : charge,
  )
  expect(judgeCharges(charges, over, clock.nowMs())).toEqual({
    ok: false,
    refusal: { code: 'rate_limited', retryAfterSeconds: 50 },
  })
})

test('of several windows that are full the longest counts', async () => {
  const charges = await planCharges(deps, 'send-code', { address: all.address })
  const full = charges.map((charge) => counted(charge, 1000))
  expect(judgeCharges(charges, full, clock.nowMs())).toMatchObject({ refusal: { retryAfterSeconds: 12 * 3600 - 10 } })
})
