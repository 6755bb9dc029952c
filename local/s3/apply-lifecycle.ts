// Deletes what has lain too long, by the buckets' lifecycle rules. S3 does this once a day at midnight UTC, and so
// counts whole days: an age ends at the first midnight after it is reached.
import type { Bucket } from './buckets.ts'
import { describeEvents } from './notifications.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'
import type { UploadStore } from './upload-store.ts'

const dayMs = 24 * 60 * 60 * 1000
const pageSize = 1000

export function applyLifecycle(
  bucket: Bucket,
  { store, uploads }: { store: ObjectStore; uploads: UploadStore },
  now: number,
): { expiredKeys: string[]; abortedUploads: number } {
  const expiredKeys: string[] = []
  let abortedUploads = 0
  for (const rule of bucket.lifecycle ?? []) {
    const { prefix, expireAfterDays, abortMultipartAfterDays } = rule
    if (expireAfterDays !== undefined) {
      for (const object of listAll(store, bucket.name, prefix)) {
        if (!isOver(object.modifiedMs, expireAfterDays, now)) continue
        const { key } = object
        store.remove(bucket.name, key, () => describeEvents(bucket, 'LifecycleExpiration:Delete', { key }, 'LIFECYCLE'))
        expiredKeys.push(key)
      }
    }
    if (abortMultipartAfterDays === undefined) continue
    for (const upload of uploads.list(bucket.name, prefix)) {
      if (!isOver(upload.initiatedMs, abortMultipartAfterDays, now)) continue
      uploads.drop(upload)
      abortedUploads += 1
    }
  }
  return { expiredKeys, abortedUploads }
}

function isOver(sinceMs: number, days: number, now: number): boolean {
  return now >= Math.ceil((sinceMs + days * dayMs) / dayMs) * dayMs
}

function* listAll(store: ObjectStore, bucket: string, prefix: string): Generator<StoredObject> {
  let after = ''
  for (;;) {
    const page = store.list(bucket, prefix, after, pageSize)
    for (const object of page) {
      if (!object.key.startsWith(prefix)) return
      yield object
    }
    if (page.length < pageSize) return
    after = page.at(-1)?.key ?? ''
  }
}
