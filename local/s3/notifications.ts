// Bucket events on their way to queues. They are written to the outbox in the same transaction as the object and sent
// afterwards, at least once: what was pending when the server was killed is sent at its next start.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
import { accountId, region } from '../cloud-names.ts'
import type { Bucket } from './buckets.ts'
import type { NewEvent, ObjectStore } from './object-store.ts'

export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'LifecycleExpiration:Delete'

export type EventSubject = { key: string; size?: number; etag?: string }

/** Sends one body to a queue; a failure is tried again. */
export type SendEvent = (queueArn: string, body: string) => Promise<void>

const retryDelayMs = 500

/** Grows for ever, also over restarts: consumers order events of one key by it. */
let sequence = BigInt(Date.now()) << 20n

export function describeEvents(bucket: Bucket, name: EventName, subject: EventSubject, requestId: string): NewEvent[] {
  const rules = (bucket.notifications ?? []).filter(
    (rule) =>
      rule.events.some((pattern) => isEventWanted(pattern, name)) &&
      subject.key.startsWith(rule.prefix ?? '') &&
      subject.key.endsWith(rule.suffix ?? ''),
  )
  return rules.map((rule) => {
    sequence += 1n
    const record = {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: region,
      eventTime: new Date().toISOString(),
      eventName: name,
      userIdentity: { principalId: `AWS:${accountId}` },
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: rule.id,
        bucket: {
          name: bucket.name,
          ownerIdentity: { principalId: accountId },
          arn: `arn:aws:s3:::${bucket.name}`,
        },
        object: {
          key: encodeEventKey(subject.key),
          ...(subject.size === undefined ? {} : { size: subject.size }),
          ...(subject.etag === undefined ? {} : { eTag: subject.etag }),
          sequencer: sequence.toString(16).toUpperCase().padStart(18, '0'),
        },
      },
    }
    return { queueArn: rule.queueArn, body: JSON.stringify({ Records: [record] }) }
  })
}

function isEventWanted(pattern: string, name: EventName): boolean {
  const wanted = pattern.replace(/^s3:/, '')
  return wanted === name || (wanted.endsWith('*') && name.startsWith(wanted.slice(0, -1)))
}

/** As in an HTML form: a space becomes a plus, everything else is percent-encoded, slashes stay. */
function encodeEventKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/%20/g, '+')
    .replace(/%2F/g, '/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** What S3 sends once to a queue when its bucket is first connected; consumers must ignore it. */
export function describeTestEvents(bucket: Bucket): NewEvent[] {
  return (bucket.notifications ?? []).map(({ queueArn }) => ({
    queueArn,
    body: JSON.stringify({
      Service: 'Amazon S3',
      Event: 's3:TestEvent',
      Time: new Date().toISOString(),
      Bucket: bucket.name,
      RequestId: 'LOCAL',
      HostId: 'LOCAL',
    }),
  }))
}

/** Empties the outbox whenever told that something is in it. */
export function createOutboxSender(store: ObjectStore, send: SendEvent, log: (line: string) => void) {
  let sending: Promise<void> | null = null
  let isStopped = false
  let retryTimer: NodeJS.Timeout | undefined

  async function sendAll(): Promise<void> {
    for (let pending = store.pendingEvents(); pending.length > 0 && !isStopped; pending = store.pendingEvents()) {
      for (const event of pending) {
        if (isStopped) return
        await send(event.queueArn, event.body)
        store.settleEvent(event.id)
      }
    }
  }

  function wake(): void {
    if (isStopped || sending !== null) return
    sending = sendAll()
      .catch((error: unknown) => {
        if (isStopped) return
        log(`an event could not be delivered and will be tried again: ${String(error)}`)
        retryTimer = setTimeout(wake, retryDelayMs)
      })
      .finally(() => {
        sending = null
        // Something may have come in after the last look.
        if (!isStopped && retryTimer === undefined && store.pendingEvents().length > 0) wake()
      })
  }

  return {
    wake: () => {
      clearTimeout(retryTimer)
      retryTimer = undefined
      wake()
    },
    async stop() {
      isStopped = true
      clearTimeout(retryTimer)
      await sending
    },
  }
}
