import type { GroupId, MediaId } from '@shoebox/shared/ids.ts'
import { accept, type Result } from '@shoebox/shared/result.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from '../groups/check-membership.ts'
import { pageSizeMax } from '../feed/page-size.ts'
import type { TimelineInput, TimelineOutput } from './gallery.schema.ts'
import { formatPosition } from './timeline-cursor.ts'

export type ChunkRow = {
  readonly section: string
  /** `YYYY-MM` */
  readonly month: string
  readonly count: number
  /** The item before the chunk. Null: the chunk is the first. */
  readonly after: { readonly timelineAtMs: number; readonly id: MediaId } | null
}

export type ListTimelineDeps = {
  readonly readTimeline: (wish: {
    groupId: GroupId
    filter: TimelineInput['filter']
    zone: string
    chunkMax: number
  }) => Promise<GroupRead<readonly ChunkRow[]>>
}

/**
 * How much of the gallery lies in which section and month, in chunks of one page at most, so that a timeline has its
 * height before it is loaded and any place in it can be asked for at once.
 */
export async function listTimeline(
  deps: ListTimelineDeps,
  input: TimelineInput,
): Promise<Result<TimelineOutput, MembershipRefusal>> {
  const checked = checkMembership(await deps.readTimeline({ ...input, chunkMax: pageSizeMax }), 'viewer')
  if (!checked.ok) return checked
  const chunks = checked.value.found.map(({ section, month, count, after }) => ({
    section,
    month,
    count,
    cursor: after === null ? null : formatPosition({ atMs: after.timelineAtMs, id: after.id }),
  }))
  return accept({ chunks, total: chunks.reduce((sum, { count }) => sum + count, 0) })
}
