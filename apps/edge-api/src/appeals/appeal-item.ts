import type { AppealId, MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { AppealItemInput } from './appeals.schema.ts'

export type AppealItemDeps = {
  readonly nowMs: () => number
  readonly newAppealId: () => AppealId
  readonly appealItem: (wish: {
    author: Author
    mediaId: MediaId
    id: AppealId
    text: string
    nowMs: number
  }) => Promise<'appealed' | 'open_already' | 'not_found'>
}

/** Says that what became of one's own item was wrong. */
export async function appealItem(
  deps: AppealItemDeps,
  user: EmailVerified<User>,
  { mediaId, text }: AppealItemInput,
): Promise<Result<Record<never, never>, { code: 'not_found' | 'appeal_open' }>> {
  const wish = { author: authorOf(user), mediaId, id: deps.newAppealId(), text, nowMs: deps.nowMs() }
  const outcome = await deps.appealItem(wish)
  if (outcome === 'appealed') return accept({})
  return refuse({ code: outcome === 'open_already' ? 'appeal_open' : 'not_found' })
}
