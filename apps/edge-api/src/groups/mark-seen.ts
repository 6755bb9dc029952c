import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { changeBy, type GroupChange, type MemberOf } from './member-of.ts'

export type MarkSeenDeps = {
  readonly nowMs: () => number
  readonly markSeen: (change: GroupChange) => Promise<boolean>
}

/** Notes that one has looked at the gallery: from now on only what is newer counts as unread. */
export async function markSeen(
  deps: MarkSeenDeps,
  member: MemberOf<'viewer'>,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  return (await deps.markSeen(changeBy(member, deps.nowMs()))) ? accept({}) : refuse({ code: 'not_found' })
}
