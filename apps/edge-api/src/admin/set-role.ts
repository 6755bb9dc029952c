import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import { authorOf, type Administrator, type Author } from '../sessions/signed-in.ts'
import type { SetRoleInput } from './admin.schema.ts'

export type SetRoleDeps = SealDeps & {
  readonly nowMs: () => number
  readonly setRole: (
    wish: SetRoleInput & { readonly author: Author; readonly nowMs: number; readonly audit: AuditEntry },
  ) => Promise<'changed' | 'last_administrator' | 'not_found'>
}

/** Gives an account another role on the site. There is always an administrator left. */
export async function setRole(
  deps: SetRoleDeps,
  by: Administrator,
  input: SetRoleInput,
): Promise<Result<Record<never, never>, { code: 'not_found' | 'last_administrator' }>> {
  const [author, nowMs] = [authorOf(by), deps.nowMs()]
  const subject = { kind: 'user', id: input.userId } as const
  const audit = await deps.sealEntry({ chain: null, action: 'role.set', actorId: author.userId, subject, atMs: nowMs })
  const outcome = await deps.setRole({ ...input, author, nowMs, audit })
  return outcome === 'changed' ? accept({}) : refuse({ code: outcome })
}
