import { expect, test } from 'vitest'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { tellPeople } from './tell-people.ts'

const reader = { userId: numberedId('user', 1), frequency: 'daily', timeZone: null } as const

function round(waiting: { notices?: number; unqueued?: number; refused?: number }, untilMs = 1_000) {
  let { notices = 0, unqueued = 0 } = waiting
  const steps: string[] = []
  let nowMs = 0
  const answer = <T>(step: string, value: T) => {
    steps.push(step)
    return Promise.resolve(value)
  }
  const report = tellPeople(
    {
      nowMs: () => nowMs,
      tellNotices: (noticesMax) => {
        const taken = Math.min(notices, noticesMax)
        notices -= taken
        nowMs += 100
        return answer(`told ${taken}`, taken)
      },
      closeQuiet: () => answer('closed', 2),
      planPushes: () => answer('pushes planned', 3),
      findUnplanned: () => Promise.resolve([reader]),
      planDigests: ([plan]) => answer(`digest at ${plan?.dueAt.toISOString()}`, undefined),
      makeDigests: () => answer('digests made', 4),
      findUnqueued: (rowsMax) => Promise.resolve(Array.from({ length: Math.min(unqueued, rowsMax) }, (_, n) => n)),
      queue: (ids) => Promise.resolve(ids.slice(waiting.refused ?? 0)),
      markQueued: (ids) => {
        unqueued -= ids.length
        return answer(`queued ${ids.length}`, undefined)
      },
    },
    untilMs,
  )
  return report.then((counts) => ({ counts, steps }))
}

test('a round tells all that waits before it ends what is quiet, and what is ended before it plans who is woken', async () => {
  expect((await round({ notices: 1_200, unqueued: 1 })).steps).toEqual([
    ...['told 500', 'told 500', 'told 200', 'closed', 'pushes planned'],
    ...['digest at 1970-01-01T08:00:00.000Z', 'digests made', 'queued 1'],
  ])
})

test('a round that takes too long leaves the rest to the next one', async () => {
  expect((await round({ notices: 5_000 }, 200)).counts).toMatchObject({ told: 1_000, closed: 2, digests: 4 })
})

test('what the queue does not take is offered again in the next round, and not noted as queued', async () => {
  const { counts, steps } = await round({ unqueued: 7, refused: 3 })
  expect([counts.queued, steps.at(-1)]).toEqual([4, 'queued 4'])
})
