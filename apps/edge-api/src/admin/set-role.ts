import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { authorOf, type Administrator, type Author } from '../sessions/signed-in.ts'
import type { SetRoleInput } from './admin.schema.ts'

export type SetRoleDeps = {
  readonly nowMs: () => number
  readonly setRole: (
    wish: SetRoleInput & { readonly author: Author; readonly nowMs: number },
  ) => Promise<'changed' | 'last_administrator' | 'not_found'>
}

/** Gives an account another role on the site. There is always an administrator left. */
export async function setRole(
  deps: SetRoleDeps,
  by: Administrator,
  input: SetRoleInput,
): Promise<Result<Record<never, never>, { code: 'not_found' | 'last_administrator' }>> {
  const outcome = await deps.setRole({ ...input, author: authorOf(by), nowMs: deps.nowMs() })
  return outcome === 'changed' ? accept({}) : refuse({ code: outcome })
}
