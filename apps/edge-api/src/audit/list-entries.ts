import type { AuditId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { requireAdministrator } from '../sessions/check-authority.ts'
import type { CheckedRead } from '../sessions/signed-in.ts'
import type { EntriesOutput, ListEntriesInput } from './audit.schema.ts'
import { presentEntries, type EntryRow } from './present-entry.ts'

export type EntriesWish<Input> = Omit<Input, 'before' | 'size'> & {
  readonly before: AuditId | null
  readonly rowsMax: number
}

export type ListEntriesDeps = {
  readonly nowMs: () => number
  /** Checks the session and reads, in one trip; nothing for anybody but administrators. */
  readonly readEntries: (wish: EntriesWish<ListEntriesInput>) => Promise<CheckedRead<readonly EntryRow[]> | null>
}

/** One row more than is shown tells whether there is another page. */
export const wishOf = <Input extends { readonly before?: AuditId | undefined; readonly size: number }>({
  before,
  size,
  ...rest
}: Input): EntriesWish<Input> => ({ ...rest, before: before ?? null, rowsMax: size + 1 })

/** The audit log of everything, for administrators. */
export async function listEntries(
  deps: ListEntriesDeps,
  input: ListEntriesInput,
): Promise<Result<EntriesOutput, { code: 'sign_in_needed' | 'not_found' | 'step_up_needed' }>> {
  const read = await deps.readEntries(wishOf(input))
  if (read === null) return refuse({ code: 'sign_in_needed' })
  const administrator = requireAdministrator(read.user, deps.nowMs())
  return administrator.ok ? accept(presentEntries(read.data, input.size)) : administrator
}
