import * as z from 'zod/mini'
import { isAnyId, type Id, type IdKind } from '@shoebox/shared/ids.ts'
import { auditActions, auditSubjectKinds } from '@shoebox/shared/safety/audit-actions.ts'
import { pageSizeDefault, pageSizeMax } from '../feed/page-size.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

const at = z.pipe(
  z.iso.datetime(),
  z.transform((text) => new Date(text)),
)

const filter = {
  action: z.optional(z.enum(auditActions)),
  actorId: z.optional(idInput('user')),
  /** An id of any kind. */
  subjectId: z.optional(z.custom<Id<IdKind>>((value) => typeof value === 'string' && isAnyId(value))),
  /** `to` is not included. */
  from: z.optional(at),
  to: z.optional(at),
}
const page = {
  ...filter,
  /** The last entry of the page before. */
  before: z.optional(idInput('audit')),
  size: z._default(z.int().check(z.minimum(1), z.maximum(pageSizeMax)), pageSizeDefault),
}
const chain = z._default(z.union([z.literal('all'), z.literal('site'), idInput('group')]), 'all')
const groupId = idInput('group')

export const listEntriesInput = z.strictObject({ ...page, chain })
export const listGroupEntriesInput = z.strictObject({ ...page, groupId })
export const beginExportInput = z.strictObject({ ...filter, chain })
export const beginGroupExportInput = z.strictObject({ ...filter, groupId })

const name = z.nullable(z.string())

const auditEntry = z.strictObject({
  id: idOutput('audit'),
  at: z.iso.datetime(),
  /** Its place in its chain, from 1 on, and what binds it to the one before. */
  seq: z.int().check(z.positive()),
  mac: z.string(),
  action: z.enum(auditActions),
  /** Whose chain it stands in; null: the site's. A group without a name has ended. */
  group: z.nullable(z.strictObject({ id: idOutput('group'), name })),
  /** Null: whoever operates the system. Somebody without a name is gone. */
  actor: z.nullable(z.strictObject({ id: idOutput('user'), name })),
  subject: z.strictObject({ kind: z.enum(auditSubjectKinds), id: z.nullable(z.string()), name }),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

export const entriesOutput = z.strictObject({
  /** The newest first. */
  entries: z.array(auditEntry),
  /** What to send as `before` for the next page; null after the last. */
  next: z.nullable(idOutput('audit')),
})

export type ListEntriesInput = z.infer<typeof listEntriesInput>
export type ListGroupEntriesInput = z.infer<typeof listGroupEntriesInput>
export type BeginExportInput = z.infer<typeof beginExportInput>
export type BeginGroupExportInput = z.infer<typeof beginGroupExportInput>
export type EntriesOutput = z.infer<typeof entriesOutput>
