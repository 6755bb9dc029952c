import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { EditInput } from './groups.schema.ts'
import { changeBy, type GroupChange, type MemberOf } from './member-of.ts'

export type EditGroupDeps = {
  readonly nowMs: () => number
  /** False: the author may not (any more), or the cover is none of the group's. */
  readonly editGroup: (edit: EditInput & GroupChange) => Promise<boolean>
}

/** Changes name, description, cover or how people come in. What is not given stays. */
export async function editGroup(
  deps: EditGroupDeps,
  admin: MemberOf<'admin'>,
  input: EditInput,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const isEdited = await deps.editGroup({ ...input, ...changeBy(admin, deps.nowMs()) })
  return isEdited ? accept({}) : refuse({ code: 'not_found' })
}
