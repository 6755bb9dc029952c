// A batch of the `outcomes` queue becomes one write. Whatever is delivered twice, late or shuffled settles once: the
// store sees to it. What cannot be read or written fails alone, and rests in the end where somebody can look at it.
// Who sends an outcome reads it first, so one that cannot be read here was sent by newer code: its upload waits for that
// code's persister, to which the janitor's next try or a replayed letter brings it.
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { outcomeSchema, type Outcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { describeError, type Log } from '../log.ts'

export type PersistOutcomesDeps = {
  /** Settles all in one statement, and returns what it settled. */
  readonly settleMany: (outcomes: readonly Outcome[], nowMs: number) => Promise<MediaId[]>
  /** True when the store refused an outcome for what is in it, so that the others may still be written. */
  readonly isRefusedByData: (error: unknown) => boolean
  /** Refuses an upload that waits, as one that could not be processed. */
  readonly markGivenUp: (upload: { mediaId: MediaId; incomingKey: string }, nowMs: number) => Promise<boolean>
  readonly nowMs: () => number
  readonly log: Log
}

type Parsed = { readonly record: SQSRecord; readonly outcome: Outcome }
type Fail = (record: SQSRecord, error: unknown) => void

/** Five minutes after it came first. */
const givenUpAtReceives = 4

/** Settles a batch and returns the messages that must be delivered again. */
export async function persistOutcomes(
  deps: PersistOutcomesDeps,
  records: readonly SQSRecord[],
): Promise<SQSBatchResponse> {
  const failedIds: string[] = []
  const fail: Fail = ({ messageId }, error) => {
    deps.log.error('message_failed', { messageId, error: describeError(error) })
    failedIds.push(messageId)
  }
  const parsed: Parsed[] = []
  for (const record of records) {
    try {
      parsed.push({ record, outcome: outcomeSchema.parse(JSON.parse(record.body)) })
    } catch (error) {
      fail(record, error)
    }
  }
  const refused = parsed.length === 0 ? [] : await settleBatch(deps, parsed, fail)
  // When the others are settled: one of them may be an outcome of the same upload.
  for (const one of refused) await giveUp(deps, one)
  return { batchItemFailures: failedIds.map((itemIdentifier) => ({ itemIdentifier })) }
}

/** Answers which the store refused for their data. */
async function settleBatch(deps: PersistOutcomesDeps, parsed: readonly Parsed[], fail: Fail): Promise<Parsed[]> {
  try {
    await settle(deps, parsed)
    return []
  } catch (error) {
    // Without a database there is no use in asking once per message: all come again.
    if (!deps.isRefusedByData(error)) {
      for (const { record } of parsed) fail(record, error)
      return []
    }
    deps.log.warn('batch_split', { received: parsed.length, error: describeError(error) })
  }
  const refused: Parsed[] = []
  // Once more also what came alone: what another persister settled at the same moment is refused only once.
  for (const one of parsed) {
    try {
      await settle(deps, [one])
    } catch (error) {
      fail(one.record, error)
      if (deps.isRefusedByData(error)) refused.push(one)
    }
  }
  return refused
}

async function settle(deps: PersistOutcomesDeps, parsed: readonly Parsed[]): Promise<void> {
  const settled = await deps.settleMany(
    parsed.map(({ outcome }) => outcome),
    deps.nowMs(),
  )
  deps.log.info('outcomes_settled', {
    received: parsed.length,
    settled: settled.length,
    mediaIds: settled.join(' '),
    requestIds: [...new Set(parsed.flatMap(({ outcome }) => outcome.requestId ?? []))].join(' '),
  })
}

/** No try would come to another outcome: the upload is refused, unless another outcome has settled it. */
async function giveUp(deps: PersistOutcomesDeps, { record, outcome }: Parsed): Promise<void> {
  if (Number(record.attributes.ApproximateReceiveCount) < givenUpAtReceives) return
  const { mediaId, incomingKey } = outcome
  try {
    if (await deps.markGivenUp({ mediaId, incomingKey }, deps.nowMs())) deps.log.error('upload_given_up', { mediaId })
  } catch (error) {
    deps.log.error('give_up_failed', { mediaId, error: describeError(error) })
  }
}
