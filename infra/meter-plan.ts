// What is counted from the logs of the Lambdas, as data; meters.ts makes the metrics of it.
import { lambdaNames, planOf, titleOf, type LambdaName } from './plan.ts'

/** A number counted from the log of a Lambda. */
export type Meter = {
  readonly log: LambdaName
  readonly event: string
  /** A field of the log line to add up; absent counts lines. */
  readonly field?: string
}

const pipeline = {
  UploadsReady: { log: 'inspect', event: 'upload_ready' },
  BytesReady: { log: 'inspect', event: 'upload_ready', field: 'bytes' },
  UploadsRefused: { log: 'inspect', event: 'upload_refused' },
  TimedMediaReady: { log: 'video', event: 'timed_media_ready' },
  TimedMediaRefused: { log: 'video', event: 'upload_refused' },
  OutcomesSettled: { log: 'persist', event: 'outcomes_settled', field: 'settled' },
  MailsSent: { log: 'mail', event: 'mail_sent' },
  PushesSent: { log: 'notifier', event: 'push_sent' },
  DigestsSent: { log: 'notifier', event: 'digest_sent' },
  AddressesSuppressed: { log: 'bounces', event: 'addresses_suppressed', field: 'count' },
  CanariesPassed: { log: 'canary', event: 'canary_passed' },
  ObjectsPurged: { log: 'purge', event: 'deletions_purged', field: 'objects' },
  DeletionsFailed: { log: 'purge', event: 'deletions_purged', field: 'failed' },
  AuditFindings: { log: 'audit', event: 'audit_verified', field: 'found' },
  Unreconciled: { log: 'reconcile', event: 'reconciled', field: 'left' },
} as const satisfies Record<string, Meter>

/** Each Lambda behind a queue says `message_failed` for a message that it gives back. */
const failures = Object.fromEntries(
  lambdaNames
    .filter((name) => planOf(name).consumes !== undefined)
    .map((log) => [`${titleOf(log)}Failed`, { log, event: 'message_failed' }]),
)

export const meters: Readonly<Record<string, Meter>> = { ...pipeline, ...failures }
