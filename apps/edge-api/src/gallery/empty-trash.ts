import type { MediaId } from '@shoebox/shared/ids.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { EmptyTrashOutput } from './gallery.schema.ts'

/** How many items one call ends. */
export const purgedMax = 500

export type EmptyTrashDeps = {
  readonly nowMs: () => number
  /** Answers the ids that it ended; null for all there are. */
  readonly emptyTrash: (wish: {
    author: Author
    mediaIds: readonly MediaId[] | null
    itemsMax: number
    nowMs: number
  }) => Promise<readonly MediaId[]>
}

/** Ends what lies in one's own trash; the room is free at once, objects go from S3 through the outbox. */
export async function emptyTrash(
  deps: EmptyTrashDeps,
  user: EmailVerified<User>,
  mediaIds: readonly MediaId[] | undefined,
): Promise<EmptyTrashOutput> {
  const purged = await deps.emptyTrash({
    author: authorOf(user),
    mediaIds: mediaIds ?? null,
    itemsMax: purgedMax,
    nowMs: deps.nowMs(),
  })
  return { purged: purged.length, isComplete: mediaIds !== undefined || purged.length < purgedMax }
}
