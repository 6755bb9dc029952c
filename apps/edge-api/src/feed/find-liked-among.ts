import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'

export type FindLikedAmongDeps = {
  /** Checks the session and reads its user's likes in the same trip; null when nobody is signed in. */
  readonly readLikedAmong: (mediaIds: readonly MediaId[]) => Promise<CheckedRead<readonly MediaId[]> | null>
}

/** Which of these items the viewer likes. */
export async function findLikedAmong(
  deps: FindLikedAmongDeps,
  mediaIds: readonly MediaId[],
): Promise<Result<{ mediaIds: MediaId[] }, { code: 'sign_in_needed' }>> {
  const read = await deps.readLikedAmong(mediaIds)
  return read === null ? refuse({ code: 'sign_in_needed' }) : accept({ mediaIds: [...read.data] })
}
