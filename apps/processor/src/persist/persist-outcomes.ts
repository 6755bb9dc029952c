// A batch of the `outcomes` queue becomes one write. Whatever is delivered twice, late or shuffled settles once: the
// store sees to it. What cannot be read or written fails alone, and rests in the end where somebody can look at it; its
// upload, where it can be told, is given up before that, since no try would come to another outcome.
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { outcomeSchema, outcomeSubjectSchema, type Outcome } from '@shoebox/shared/messages/outcome.schema.ts'
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

/** Five minutes after it came first: by then a deployment is over during which parts did not know each other's words. */
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
      await giveUp(deps, record)
    }
  }
  await settle(deps, parsed, fail)
  return { batchItemFailures: failedIds.map((itemIdentifier) => ({ itemIdentifier })) }
}

async function settle(deps: PersistOutcomesDeps, parsed: readonly Parsed[], fail: Fail): Promise<void> {
  try {
    const settled = await deps.settleMany(
      parsed.map(({ outcome }) => outcome),
      deps.nowMs(),
    )
    if (parsed.length > 0)
      deps.log.info('outcomes_settled', {
        received: parsed.length,
        settled: settled.length,
        mediaIds: settled.join(' '),
        requestIds: [...new Set(parsed.flatMap(({ outcome }) => outcome.requestId ?? []))].join(' '),
      })
  } catch (error) {
    // Without a database there is no use in asking once per message: all come again.
    if (!deps.isRefusedByData(error)) return parsed.forEach(({ record }) => fail(record, error))
    const [only] = parsed
    if (parsed.length === 1 && only !== undefined) {
      fail(only.record, error)
      return giveUp(deps, only.record)
    }
    deps.log.warn('batch_split', { received: parsed.length, error: describeError(error) })
    for (const one of parsed) await settle(deps, [one], fail)
  }
}

/** An outcome that no store takes leaves its upload waiting: it is refused, unless another outcome has settled it. */
async function giveUp(deps: PersistOutcomesDeps, { attributes, body }: SQSRecord): Promise<void> {
  if (Number(attributes.ApproximateReceiveCount) < givenUpAtReceives) return
  try {
    const { mediaId, incomingKey } = outcomeSubjectSchema.parse(JSON.parse(body))
    if (await deps.markGivenUp({ mediaId, incomingKey }, deps.nowMs())) deps.log.error('upload_given_up', { mediaId })
  } catch (error) {
    deps.log.error('give_up_failed', { error: describeError(error) })
  }
}
