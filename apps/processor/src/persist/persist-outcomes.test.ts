import type { SQSRecord } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { Outcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { makeRefusedOutcome } from '@shoebox/testing/samples/outcomes.ts'
import { makeSqsRecord } from '@shoebox/testing/samples/sqs-records.ts'
import { createLog } from '../log.ts'
import { persistOutcomes } from './persist-outcomes.ts'

const ann = numberedId('user', 1)

const outcome = (n: number) => makeRefusedOutcome(ann, numberedId('media', n))

const record = (id: string, body: unknown, receives = 1): SQSRecord =>
  makeSqsRecord(id, typeof body === 'string' ? body : JSON.stringify(body), receives)

/** A store that refuses what `objects` says, and keeps what it was asked. */
function storeThat(objects: (outcomes: readonly Outcome[]) => Error | null) {
  const asked: number[] = []
  const givenUp: unknown[] = []
  const lines: string[] = []
  const dataError = new Error('refused by data')
  return {
    asked,
    givenUp,
    lines,
    dataError,
    deps: {
      async settleMany(outcomes: readonly Outcome[]) {
        asked.push(outcomes.length)
        const error = objects(outcomes)
        if (error !== null) throw error
        return outcomes.map(({ mediaId }) => mediaId)
      },
      isRefusedByData: (error: unknown) => error === dataError,
      markGivenUp: async (upload: unknown) => givenUp.push(upload) > 0,
      nowMs: () => 1,
      log: createLog('persist', (line) => lines.push(line)),
    },
  }
}

const failures = (ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) })

test('settles a whole batch with one statement', async () => {
  const store = storeThat(() => null)
  const records = [1, 2, 3].map((n) => record(`m${n}`, outcome(n)))
  expect(await persistOutcomes(store.deps, records)).toEqual(failures([]))
  expect(store.asked).toEqual([3])
})

test.each([
  ['no JSON', '{'],
  ['another version', { ...outcome(2), version: 2 }],
  ['an unknown outcome', { ...outcome(2), outcome: 'lost' }],
  ['a foreign id', { ...outcome(2), mediaId: 'usr_1' }],
  ['an unknown reason', { ...outcome(2), reason: 'bad_mood' }],
])('fails a message with %s alone', async (_, body) => {
  const store = storeThat(() => null)
  const records = [record('good', outcome(1)), record('bad', body), record('also good', outcome(3))]
  expect(await persistOutcomes(store.deps, records)).toEqual(failures(['bad']))
  expect(store.asked).toEqual([2])
})

test('writes the others one by one when the data of one makes the batch fail', async () => {
  const store = storeThat((outcomes) =>
    outcomes.some(({ mediaId }) => mediaId === outcome(2).mediaId) ? store.dataError : null,
  )
  const records = [1, 2, 3].map((n) => record(`m${n}`, outcome(n)))
  expect(await persistOutcomes(store.deps, records)).toEqual(failures(['m2']))
  expect(store.asked).toEqual([3, 1, 1, 1])
})

test('asks once and has all delivered again when there is no database', async () => {
  const store = storeThat(() => new Error('connect ECONNREFUSED'))
  const records = [1, 2, 3].map((n) => record(`m${n}`, outcome(n)))
  expect(await persistOutcomes(store.deps, records)).toEqual(failures(['m1', 'm2', 'm3']))
  expect(store.asked).toEqual([3])
  expect(store.lines.join('')).toContain('ECONNREFUSED')
})

test('writes at the second try what another persister was in the way of', async () => {
  let tries = 0
  const store = storeThat(() => (++tries === 1 ? store.dataError : null))
  expect(await persistOutcomes(store.deps, [record('m1', outcome(1), 4)])).toEqual(failures([]))
  expect(store.givenUp).toEqual([])
})

test('gives up what the store refused four times, and still has the message rest where somebody can look at it', async () => {
  const store = storeThat((outcomes) =>
    outcomes.some(({ mediaId }) => mediaId === outcome(2).mediaId) ? store.dataError : null,
  )
  expect(await persistOutcomes(store.deps, [record('m1', outcome(2), 3)])).toEqual(failures(['m1']))
  expect(store.givenUp, 'a constraint may be mended').toEqual([])
  const records = [record('m1', outcome(1), 4), record('m2', outcome(2), 4), record('m3', '{', 5)]
  expect(await persistOutcomes(store.deps, records)).toEqual(failures(['m3', 'm2']))
  const { mediaId, incomingKey } = outcome(2)
  expect(store.givenUp).toEqual([{ mediaId, incomingKey }])
})

test('gives nothing up while there is no database', async () => {
  const store = storeThat(() => new Error('connect ECONNREFUSED'))
  await persistOutcomes(store.deps, [record('m1', outcome(1), 5)])
  expect(store.givenUp).toEqual([])
})
