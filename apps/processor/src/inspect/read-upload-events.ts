// Reads one message of the `uploads` queue: S3's event notification, as S3 writes it.
import * as z from 'zod'

const notificationSchema = z.union([
  z.object({ Event: z.literal('s3:TestEvent') }),
  z.object({
    Records: z.array(
      z.object({
        eventName: z.string(),
        s3: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
      }),
    ),
  }),
])

export type ArrivedObject = { readonly bucket: string; readonly key: string }

/**
 * The objects that a message says have arrived; none for S3's own test message and for events of other kinds.
 * The event's ETag and size are left aside: events come late and twice, so the object itself is asked.
 * Throws on a message that is not S3's.
 */
export function readUploadEvents(body: string): ArrivedObject[] {
  const notification = notificationSchema.parse(JSON.parse(body))
  if (!('Records' in notification)) return []
  return notification.Records.filter((record) => record.eventName.startsWith('ObjectCreated:')).map((record) => ({
    bucket: record.s3.bucket.name,
    key: decodeEventKey(record.s3.object.key),
  }))
}

/** S3 writes keys as a form does: a plus is a space, and only then come the percent escapes. */
const decodeEventKey = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '))
