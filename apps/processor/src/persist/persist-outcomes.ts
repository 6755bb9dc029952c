// A batch of the `outcomes` queue becomes one write. Whatever is delivered twice, late or shuffled settles once: the
// store sees to it. What cannot be read or written fails alone.
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { outcomeSchema, type Outcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { describeError, type Log } from '../log.ts'

export type PersistOutcomesDeps = {
  /** Settles all in one statement, and returns what it settled. */
  readonly settleMany: (outcomes: readonly Outcome[], nowMs: number) => Promise<MediaId[]>
  /** True when the store refused an outcome for what is in it, so that the others may still be written. */
  readonly isRefusedByData: (error: unknown) => boolean
  readonly nowMs: () => number
  readonly log: Log
}

type Parsed = { readonly messageId: string; readonly outcome: Outcome }

/** Settles a batch and returns the messages that must be delivered again. */
export async function persistOutcomes(
  deps: PersistOutcomesDeps,
  records: readonly SQSRecord[],
): Promise<SQSBatchResponse> {
  const failedIds: string[] = []
  const fail = (messageId: string, error: unknown): void => {
    deps.log.error('message_failed', { messageId, error: describeError(error) })
    failedIds.push(messageId)
  }
  const parsed: Parsed[] = []
  for (const { messageId, body } of records) {
    try {
      parsed.push({ messageId, outcome: outcomeSchema.parse(JSON.parse(body)) })
    } catch (error) {
      fail(messageId, error)
    }
  }
  await settle(deps, parsed, fail)
  return { batchItemFailures: failedIds.map((itemIdentifier) => ({ itemIdentifier })) }
}

async function settle(
  deps: PersistOutcomesDeps,
  parsed: readonly Parsed[],
  fail: (messageId: string, error: unknown) => void,
): Promise<void> {
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
    const [only] = parsed
    if (parsed.length === 1 && only !== undefined) return fail(only.messageId, error)
    // Without a database there is no use in asking once per message: all come again.
    if (!deps.isRefusedByData(error)) return parsed.forEach(({ messageId }) => fail(messageId, error))
    deps.log.warn('batch_split', { received: parsed.length, error: describeError(error) })
    for (const one of parsed) await settle(deps, [one], fail)
  }
}
