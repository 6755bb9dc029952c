import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'

export type CountUnreadDeps = { readonly readUnreadCount: () => Promise<CheckedRead<number> | null> }

/** How much whoever asks was told and has not read. */
export async function countUnread(
  deps: CountUnreadDeps,
): Promise<Result<{ count: number }, { code: 'sign_in_needed' }>> {
  const read = await deps.readUnreadCount()
  return read === null ? refuse({ code: 'sign_in_needed' }) : accept({ count: read.data })
}
