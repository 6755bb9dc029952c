import { expect, test } from 'vitest'
import { tellPeople } from './tell-people.ts'

const round = (notices: number, untilMs = 1_000) => {
  let waiting = notices
  const steps: string[] = []
  let nowMs = 0
  const report = tellPeople(
    {
      nowMs: () => nowMs,
      tellNotices: (noticesMax) => {
        const taken = Math.min(waiting, noticesMax)
        waiting -= taken
        nowMs += 100
        steps.push(`told ${taken}`)
        return Promise.resolve(taken)
      },
      closeQuiet: () => Promise.resolve(steps.push('closed')),
    },
    untilMs,
  )
  return report.then(({ told }) => ({ told, steps }))
}

test('a round tells all that waits before it ends what is quiet, or one thing would become two', async () => {
  expect(await round(1_200)).toEqual({ told: 1_200, steps: ['told 500', 'told 500', 'told 200', 'closed'] })
})

test('a round that takes too long leaves the rest to the next one', async () => {
  expect(await round(5_000, 200)).toEqual({ told: 1_000, steps: ['told 500', 'told 500', 'closed'] })
})
