// Makes the copy that people play: the same bytes, with what says where or with what they were made overwritten. S3
// copies whatever is unchanged by itself; only pieces with changes in them pass through here. The stored copy is
// planned once more, and must leave nothing to do.
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import type { MediaRefusal } from '../reader/media-reading.ts'
import { planScrub } from './plan-scrub.ts'
import { applyPatches, planParts, type Part } from './plan-parts.ts'
import type { ByteRange } from './sample-ranges.ts'

export type StoredSource = {
  readonly key: string
  readonly etag: string
  readonly bytes: number
  readonly type: TimedType
}

export type PlayObjects = {
  /** Bytes `start` to `endInclusive` of the upload, bound to its ETag. */
  readIncoming(key: string, etag: string, start: number, endInclusive: number): Promise<Uint8Array>
  /** A copy under another key, piece by piece; `makeBody` yields what a sent piece holds. Leaves a copy that is there. */
  assemble(
    from: { readonly key: string; readonly etag: string },
    to: { readonly key: string; readonly type: string },
    parts: readonly Part[],
    makeBody: (part: Part) => Promise<Uint8Array>,
  ): Promise<void>
  headView(key: string): Promise<{ readonly bytes: number; readonly etag: string } | null>
  readView(key: string, etag: string, start: number, endInclusive: number): Promise<Uint8Array>
  /** @param fault `unread`: nothing is known to be wrong with it, but there was no time to look */
  deleteView(key: string, fault: 'unclean' | 'unread'): Promise<void>
}

type NoPlay =
  | { readonly play: 'absent' | 'late'; readonly detail: string }
  | { readonly play: 'refused'; readonly refusal: MediaRefusal }

export type PlayOutcome =
  | { readonly play: 'made'; readonly sentBytes: number; readonly patches: number; readonly createdAt: string | null }
  | NoPlay

export type PlayTarget = {
  readonly key: string
  /** Whether the whole file can be copied so often before its time is over: behind this copy the original is one more. */
  readonly hasTimeFor: (copies: number) => boolean
}

export async function makePlay(objects: PlayObjects, source: StoredSource, target: PlayTarget): Promise<PlayOutcome> {
  const { key, etag, bytes, type } = source
  const isTooLate = () => !target.hasTimeFor(2)
  const readSource = (start: number, end: number) => objects.readIncoming(key, etag, start, end - 1)
  const plan = await planScrub(type, bytes, readSource, { isLate: isTooLate })
  if (plan.plan === 'damaged') return { play: 'refused', refusal: { reason: 'media_damaged', detail: plan.detail } }
  if (plan.plan === 'hides') return refuseHidden(plan.detail)
  if (plan.plan === 'unsafe') return { play: 'absent', detail: plan.detail }
  if (plan.plan === 'late') return { play: 'late', detail: plan.detail }
  const patches = [...plan.patches].sort((one, other) => one.at - other.at)
  const parts = planParts(bytes, patches)
  const store = async (): Promise<NoPlay | null> => {
    if (isTooLate()) return { play: 'late', detail: 'no time left for a copy' }
    await objects.assemble(source, { key: target.key, type: plan.servedAs ?? type }, parts, async ({ start, end }) =>
      applyPatches(await readSource(start, end), start, patches),
    )
    return removeUnlessClean(objects, source, { ...target, harmless: plan.harmless ?? [] })
  }
  // One that is there already may be another planner's. A file whose copy is no better the second time has none.
  const fault = (await store()) && (await store())
  if (fault !== null) return fault
  const sentBytes = parts.reduce((sum, { way, start, end }) => sum + (way === 'send' ? end - start : 0), 0)
  return { play: 'made', sentBytes, patches: patches.length, createdAt: plan.createdAt ?? null }
}

/** A copy that says more than it may is never left where people could reach it. Returns what is wrong with it, or null. */
async function removeUnlessClean(
  objects: PlayObjects,
  source: StoredSource,
  { key, hasTimeFor, harmless }: PlayTarget & { readonly harmless: readonly ByteRange[] },
): Promise<NoPlay | null> {
  const stored = await objects.headView(key)
  if (stored === null) throw new Error(`${key} was not stored`)
  const readStored = (start: number, end: number) => objects.readView(key, stored.etag, start, end - 1)
  const isLate = () => !hasTimeFor(1)
  const again = await planScrub(source.type, stored.bytes, readStored, { harmless, isLate })
  const isClean = stored.bytes === source.bytes && again.plan === 'patches' && again.patches.length === 0
  if (isClean) return null
  const isUnread = stored.bytes === source.bytes && again.plan === 'late'
  await objects.deleteView(key, isUnread ? 'unread' : 'unclean')
  if (isUnread) return { play: 'late', detail: 'no time left to look through the copy' }
  // What a track hid that is gone from the copy.
  if (again.plan === 'hides') return refuseHidden(again.detail)
  const left = again.plan === 'patches' ? `${again.patches.length} places left` : again.detail
  return {
    play: 'absent',
    detail: `the copy is not what was planned: ${stored.bytes} of ${source.bytes} bytes, ${left}`,
  }
}

const refuseHidden = (detail: string): NoPlay => ({
  play: 'refused',
  refusal: { reason: 'file_hides_other', detail },
})
