import * as z from 'zod/mini'
import { reportNoteCharactersMax, reportReasons } from '@shoebox/shared/safety/reasons.ts'
import { typedText } from '../groups/groups.schema.ts'
import { idInput } from '../trpc/ids.schema.ts'

const note = z._default(typedText(reportNoteCharactersMax), '')
const reason = z.enum(reportReasons)

export const reportInput = z.strictObject({
  subject: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('item'), id: idInput('media') }),
    z.strictObject({ kind: z.literal('comment'), id: idInput('comment') }),
    z.strictObject({ kind: z.literal('person'), id: idInput('user') }),
  ]),
  reason,
  note,
})

export type ReportInput = z.infer<typeof reportInput>
