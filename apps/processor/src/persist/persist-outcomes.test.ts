import type { SQSRecord } from 'aws-lambda'
import { expect, test } from 'vitest'
import type { Outcome, RefusedOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { numberedId } from '@shoebox/testing/numbered-ids.ts'
import { makeSqsRecord } from '@shoebox/testing/samples/sqs-records.ts'
import { createLog } from '../log.ts'
import { persistOutcomes } from './persist-outcomes.ts'

const ann = numberedId('user', 1)

const outcome = (n: number): RefusedOutcome => ({
  version: 1,
  outcome: 'refused',
  mediaId: numberedId('media', n),
  ownerId: ann,
  incomingKey: incomingKey(ann, numberedId('media', n)),
  etag: 'abc',
  inspectedAtMs: 1,
  reason: 'image_damaged',
  detectedType: null,
})

const record = (id: string, body: unknown): SQSRecord =>
  makeSqsRecord(id, typeof body === 'string' ? body : JSON.stringify(body))

/** A store that refuses what `objects` says, and keeps what it was asked. */
function storeThat(objects: (outcomes: readonly Outcome[]) => Error | null) {
  const asked: number[] = []
  const lines: string[] = []
  const dataError = new Error('refused by data')
  return {
    asked,
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
