import type { MediaId } from '@shoebox/shared/ids.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { MovedOutput } from './gallery.schema.ts'

/** Several items that somebody wants to change; the statement decides for each whether they may. */
export type ItemsChange = { readonly author: Author; readonly mediaIds: readonly MediaId[]; readonly nowMs: number }

export const changeOf = (user: EmailVerified<User>, mediaIds: readonly MediaId[], nowMs: number): ItemsChange => ({
  author: authorOf(user),
  mediaIds: [...new Set(mediaIds)],
  nowMs,
})

/** Tells those that changed from those that did not, each in the order asked. */
export function presentMoved(wanted: ItemsChange, changed: readonly MediaId[]): MovedOutput {
  const done = new Set(changed)
  return {
    moved: wanted.mediaIds.filter((id) => done.has(id)),
    refused: wanted.mediaIds.filter((id) => !done.has(id)),
  }
}
