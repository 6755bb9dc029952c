import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Author, type EmailVerified, type User } from '../sessions/signed-in.ts'
import type { DescribeInput } from './gallery.schema.ts'

export type DescribeItemDeps = {
  readonly nowMs: () => number
  /** False: there is no such item of the author's. */
  readonly describeItem: (wish: DescribeInput & { author: Author; nowMs: number }) => Promise<boolean>
}

/** Writes caption or alt text of an item of one's own. What is not given stays. */
export async function describeItem(
  deps: DescribeItemDeps,
  user: EmailVerified<User>,
  input: DescribeInput,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const isDescribed = await deps.describeItem({ ...input, author: authorOf(user), nowMs: deps.nowMs() })
  return isDescribed ? accept({}) : refuse({ code: 'not_found' })
}
