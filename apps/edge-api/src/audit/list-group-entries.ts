import { accept, type Result } from '@shoebox/shared/result.ts'
import { checkMembership, type GroupRead, type MembershipRefusal } from '../groups/check-membership.ts'
import type { EntriesOutput, ListGroupEntriesInput } from './audit.schema.ts'
import { wishOf, type EntriesWish } from './list-entries.ts'
import { presentEntries, type EntryRow } from './present-entry.ts'

export type ListGroupEntriesDeps = {
  readonly readGroupEntries: (wish: EntriesWish<ListGroupEntriesInput>) => Promise<GroupRead<readonly EntryRow[]>>
}

/** What was done in a group and by whom, for its admins. */
export async function listGroupEntries(
  deps: ListGroupEntriesDeps,
  input: ListGroupEntriesInput,
): Promise<Result<EntriesOutput, MembershipRefusal>> {
  const checked = checkMembership(await deps.readGroupEntries(wishOf(input)), 'admin')
  return checked.ok ? accept(presentEntries(checked.value.found, input.size)) : checked
}
