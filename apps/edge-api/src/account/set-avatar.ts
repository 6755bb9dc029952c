import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'

export type SetAvatarDeps = {
  readonly nowMs: () => number
  /** Sets it and has the pictures before it deleted. False: the author has no such picture. */
  readonly setAvatar: (wish: { author: Author; mediaId: MediaId | null; nowMs: number }) => Promise<boolean>
}

/** Makes a picture that is ready somebody's own, or leaves them without one. */
export async function setAvatar(
  deps: SetAvatarDeps,
  user: EmailVerified<User>,
  mediaId: MediaId | null,
): Promise<Result<Record<never, never>, { code: 'not_found' }>> {
  const isSet = await deps.setAvatar({ author: authorOf(user), mediaId, nowMs: deps.nowMs() })
  return isSet ? accept({}) : refuse({ code: 'not_found' })
}
