import type { MediaId } from '@shoebox/shared/ids.ts'
import type { EmailVerified, User } from '../sessions/signed-in.ts'
import { changeOf, presentMoved, type ItemsChange } from './change-items.ts'
import type { MovedOutput, MoveInput } from './gallery.schema.ts'

export type MoveItemsDeps = {
  readonly nowMs: () => number
  /** Answers the ids that it moved. */
  readonly moveItems: (wish: ItemsChange & Omit<MoveInput, 'mediaIds'>) => Promise<readonly MediaId[]>
}

/** Moves one's own items to another gallery to which one may add. Who saw them where they were gets no new signature. */
export async function moveItems(
  deps: MoveItemsDeps,
  user: EmailVerified<User>,
  { mediaIds, ...wish }: MoveInput,
): Promise<MovedOutput> {
  const change = changeOf(user, mediaIds, deps.nowMs())
  return presentMoved(change, await deps.moveItems({ ...wish, ...change }))
}
