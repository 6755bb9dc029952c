import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { AuditEntry } from '@shoebox/shared/safety/audit-entry.ts'
import type { SealDeps } from '../audit/seal-entry.ts'
import type { EditInput } from './groups.schema.ts'
import { actOf, changeBy, type GroupChange, type MemberOf } from './member-of.ts'

export type EditGroupDeps = SealDeps & {
  readonly nowMs: () => number
  /** False: the author may not (any more), or the cover is none of the group's. */
  readonly editGroup: (
    edit: EditInput & GroupChange & { readonly audits: { readonly edited: AuditEntry; readonly joining: AuditEntry } },
  ) => Promise<boolean>
}

/** Changes name, description, cover or how people come in. What is not given stays. */
export async function editGroup(
  deps: EditGroupDeps,
  admin: MemberOf<'admin'>,
  input: EditInput,
): Promise<Result<Record<string, never>, { code: 'not_found' }>> {
  const change = changeBy(admin, deps.nowMs())
  const { name, description, coverId } = input
  const subject = { kind: 'group', id: admin.groupId } as const
  const detail = { name: name !== undefined, description: description !== undefined, cover: coverId !== undefined }
  const [edited, joining] = await Promise.all([
    deps.sealEntry(actOf(change, { action: 'group.edited', subject, detail })),
    deps.sealEntry(actOf(change, { action: 'group.joining_changed', subject })),
  ])
  const isEdited = await deps.editGroup({ ...input, ...change, audits: { edited, joining } })
  return isEdited ? accept({}) : refuse({ code: 'not_found' })
}
