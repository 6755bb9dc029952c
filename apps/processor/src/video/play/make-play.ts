// Makes the copy that people play: the same bytes, with what says where or with what they were made overwritten. S3
// copies whatever is unchanged by itself; only pieces with changes in them pass through here. The copy is planned once
// more before it gets its name, and must leave nothing to do: what people could reach has always been looked through.
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import type { MediaRefusal } from '../reader/media-reading.ts'
import { planScrub } from './plan-scrub.ts'
import { applyPatches, indexPatches, planParts, type Part } from './plan-parts.ts'
import type { ScrubPlan } from './scrub.ts'

export type StoredSource = {
  readonly key: string
  readonly etag: string
  readonly bytes: number
  readonly type: TimedType
}

/** @typeParam F what a check finds */
export type CopyJob<F> = {
  readonly from: { readonly key: string; readonly etag: string }
  readonly to: { readonly key: string; readonly type: string }
  readonly parts: readonly Part[]
  /** What a sent piece holds. */
  readonly makeBody: (part: Part) => Promise<Uint8Array>
  /** Looks through the copy while its pieces are stored. */
  readonly check: () => Promise<F | null>
}

export type PlayObjects = {
  /** Bytes `start` to `endInclusive` of the upload, bound to its ETag. */
  readIncoming(key: string, etag: string, start: number, endInclusive: number): Promise<Uint8Array>
  /** A copy under another key, in place of what may be there. Leaves that where `check` finds a fault, and returns it. */
  assemble<F>(job: CopyJob<F>): Promise<F | null>
  headView(key: string): Promise<{ readonly bytes: number } | null>
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
  const readSource = (start: number, end: number) => objects.readIncoming(key, etag, start, end - 1)
  const plan = await planScrub(type, bytes, readSource, { isLate: () => !target.hasTimeFor(2) })
  if (plan.plan === 'damaged') return { play: 'refused', refusal: { reason: 'media_damaged', detail: plan.detail } }
  if (plan.plan !== 'patches') return describeNone(plan)
  const patches = [...plan.patches].sort((one, other) => one.at - other.at)
  const patchesIn = indexPatches(patches)
  const readCopy = async (start: number, end: number) =>
    applyPatches(await readSource(start, end), start, patchesIn(start, end))
  const check = async (): Promise<NoPlay | null> => {
    const limits = { harmless: plan.harmless ?? [], isLate: () => !target.hasTimeFor(1) }
    const again = await planScrub(type, bytes, readCopy, limits)
    // What a track hid that is gone from the copy.
    if (again.plan !== 'patches') return describeNone(again)
    return again.patches.length === 0 ? null : { play: 'absent', detail: `${again.patches.length} places left` }
  }
  const parts = planParts(bytes, patches)
  const to = { key: target.key, type: plan.servedAs ?? type }
  const makeBody = ({ start, end }: Part) => readCopy(start, end)
  const fault = await objects.assemble({ from: source, to, parts, makeBody, check })
  if (fault !== null) return fault
  if ((await objects.headView(target.key))?.bytes !== bytes) throw new Error(`${target.key} was not stored`)
  const sentBytes = parts.reduce((sum, { way, start, end }) => sum + (way === 'send' ? end - start : 0), 0)
  return { play: 'made', sentBytes, patches: patches.length, createdAt: plan.createdAt ?? null }
}

const describeNone = ({ plan, detail }: Exclude<ScrubPlan, { plan: 'patches' }>): NoPlay =>
  plan === 'hides'
    ? { play: 'refused', refusal: { reason: 'file_hides_other', detail } }
    : { play: plan === 'late' ? 'late' : 'absent', detail }
