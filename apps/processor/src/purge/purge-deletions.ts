// One round of the purge, each minute: works off the outbox of deletions. What lies in S3 is deleted and listed again
// until nothing is left; copies at the edge are invalidated whether or not S3 answered. Every step may be done twice and
// the round may be cut off anywhere: a wish is only done once a later look found nothing more, and comes again until then.
import { createHash } from 'node:crypto'
import {
  originalFolder,
  originalKey,
  parseMediaKey,
  viewFolder,
  viewsFolder,
} from '@shoebox/shared/upload/object-keys.ts'
import type { Deletion, Gone } from '@shoebox/db/stores/deletion-store.ts'
import { describeError, type Log } from '../log.ts'
import { pathOfCopies } from './path-of-copies.ts'

export type DeletableObjects = {
  /** Pages of what lies under a prefix. */
  list(prefix: string): AsyncIterable<readonly { readonly key: string; readonly bytes: number }[]>
  /** Deletes up to 1000; says nothing of those that are not there. */
  delete(keys: readonly string[]): Promise<void>
}

export type EdgeCopies = {
  /** Begins to drop every copy under these paths, and answers what the invalidation is called. */
  invalidate(paths: readonly string[], reference: string): Promise<string>
  isInvalidated(invalidationId: string): Promise<boolean>
}

export type PurgeDeps = {
  readonly nowMs: () => number
  readonly claim: (wish: { nowMs: number; rowsMax: number }) => Promise<readonly Deletion[]>
  readonly markGone: (deletion: Deletion, gone: Gone) => Promise<boolean>
  readonly markDone: (deletion: Deletion, nowMs: number) => Promise<void>
  readonly keepInvalidation: (deletions: readonly Deletion[], invalidationId: string) => Promise<void>
  readonly markInvalidated: (invalidationId: string, at: Pick<Gone, 'nowMs' | 'nextTryMs'>) => Promise<void>
  readonly media: DeletableObjects
  readonly incoming: DeletableObjects
  /** Says nothing of one that is not open (any more). */
  readonly abortMultipart: (key: string, multipartUploadId: string) => Promise<void>
  /** Null where nothing keeps copies. */
  readonly edge: EdgeCopies | null
  readonly log: Log
}

export type PurgeCounts = { gone: number; objects: number; bytes: number; invalidated: number; failed: number }

/** CloudFront works on 15 paths with a star at a time, and refuses more. */
const pathsMax = 15
const parallelDeletions = 8
const rowsPerClaim = 200
/** For as long as this a function may be at work on a file, and store things under an item that has ended meanwhile. */
const lookAgainAfterMs = 30 * 60_000
/** Copies at the edge are looked after in every round: rounds begin each minute, some a little early. */
const askEdgeAfterMs = 50_000

/** @param untilMs when to take nothing more; what is left is there in the next round */
export async function purgeDeletions(deps: PurgeDeps, untilMs: number): Promise<PurgeCounts> {
  const counts: PurgeCounts = { gone: 0, objects: 0, bytes: 0, invalidated: 0, failed: 0 }
  const shown: Deletion[] = []
  while (deps.nowMs() < untilMs) {
    const claimed = await deps.claim({ nowMs: deps.nowMs(), rowsMax: rowsPerClaim })
    if (claimed.length === 0) break
    await eachInParallel(claimed, async (deletion) => {
      const isWaiting = deletion.goneAt !== null && hasCopies(deps, deletion)
      const after = isWaiting ? deletion : await deleteObjects(deps, deletion, counts)
      if (after !== null && hasCopies(deps, after)) shown.push(after)
    })
  }
  if (deps.edge !== null) await invalidate(deps, deps.edge, shown, counts)
  if (Object.values(counts).some((count) => count > 0)) deps.log.info('deletions_purged', counts)
  return counts
}

const hasCopies = ({ edge }: PurgeDeps, { wasShown, invalidatedAt }: Deletion): boolean =>
  edge !== null && wasShown && invalidatedAt === null

/** Answers how the wish stands then, or null for one that is done or was asked for again meanwhile. */
async function deleteObjects(deps: PurgeDeps, deletion: Deletion, counts: PurgeCounts): Promise<Deletion | null> {
  try {
    const gone = { objects: 0, bytes: 0 }
    const media = exceptLiving(deps.media, deletion.living)
    for (const prefix of prefixesOf(deletion)) await empty(media, prefix, gone)
    const { incomingKey, multipartUploadId } = deletion
    if (incomingKey !== null && multipartUploadId !== null) await deps.abortMultipart(incomingKey, multipartUploadId)
    if (incomingKey !== null) await empty(deps.incoming, incomingKey, gone)
    const nowMs = deps.nowMs()
    counts.objects += gone.objects
    counts.bytes += gone.bytes
    if (deletion.goneAt === null) counts.gone += 1
    else if (gone.objects === 0) {
      await deps.markDone(deletion, nowMs)
      return null
    }
    const after = { ...deletion, goneAt: new Date(nowMs), invalidationId: null, invalidatedAt: null }
    const nextTryMs = nowMs + (hasCopies(deps, after) ? askEdgeAfterMs : lookAgainAfterMs)
    return (await deps.markGone(deletion, { ...gone, nowMs, nextTryMs })) ? after : null
  } catch (error) {
    counts.failed += 1
    deps.log.error('deletion_failed', { mediaId: deletion.mediaId, error: describeError(error) })
    return deletion
  }
}

/** A prefix ends in a slash or is a whole key of fixed length: it can never begin another item's keys. */
const prefixesOf = ({ mediaId, generation }: Deletion): string[] =>
  generation === null
    ? [originalFolder(mediaId), viewsFolder(mediaId)]
    : [originalKey(mediaId, generation), `${viewFolder(mediaId, generation)}/`]

/** The bucket without what the item shows: whoever asked, and for what, that is never deleted. */
const exceptLiving = (objects: DeletableObjects, living: string | null): DeletableObjects => ({
  delete: objects.delete,
  async *list(prefix) {
    for await (const page of objects.list(prefix))
      yield page.filter(({ key }) => living === null || parseMediaKey(key)?.generation !== living)
  },
})

async function empty(objects: DeletableObjects, prefix: string, gone: { objects: number; bytes: number }) {
  for await (const page of objects.list(prefix)) {
    if (page.length === 0) continue
    await objects.delete(page.map(({ key }) => key))
    gone.objects += page.length
    gone.bytes += page.reduce((sum, { bytes }) => sum + bytes, 0)
  }
  // S3 lists what it has: a deletion that was answered and not done would show here.
  for await (const page of objects.list(prefix))
    if (page.length > 0) throw new Error(`${page.length} objects are still there after their deletion`)
}

/** After the deletions, so that no edge fetches a copy anew; and also where they failed, to take away what it has. */
async function invalidate(deps: PurgeDeps, edge: EdgeCopies, shown: readonly Deletion[], counts: PurgeCounts) {
  try {
    const running = new Set(
      shown.flatMap(({ goneAt, invalidationId }) => (goneAt === null ? [] : (invalidationId ?? []))),
    )
    for (const id of running) {
      // One at a time is under way: the next begins once its paths are free.
      if (!(await edge.isInvalidated(id))) return
      const nowMs = deps.nowMs()
      await deps.markInvalidated(id, { nowMs, nextTryMs: nowMs + lookAgainAfterMs })
      counts.invalidated += 1
    }
    const next = shown
      .filter(({ goneAt, invalidationId }) => goneAt === null || invalidationId === null)
      .sort((one, other) => one.id - other.id)
      .slice(0, pathsMax)
    if (next.length === 0) return
    const paths = next.map(({ mediaId }) => pathOfCopies(mediaId))
    // The same wishes, asked by a purge that died before it kept the answer, name the same invalidation.
    const wishes = next.map(({ id, asks, goneAt }) => [id, asks, goneAt])
    const reference = createHash('sha256').update(JSON.stringify(wishes)).digest('hex')
    await deps.keepInvalidation(next, await edge.invalidate(paths, reference))
  } catch (error) {
    counts.failed += 1
    deps.log.error('invalidation_failed', { items: shown.length, error: describeError(error) })
  }
}

async function eachInParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items]
  const walk = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: parallelDeletions }, walk))
}
