import * as z from 'zod/mini'
import { idInput } from '../trpc/ids.schema.ts'

export const signInput = z.strictObject({ mediaId: idInput('media') })
export const signOutput = z.strictObject({
  /** Answers with the file as an attachment, until it expires. */
  url: z.string(),
  fileName: z.string(),
  expiresAt: z.iso.datetime(),
  /** `copy`: without what the file says about where and with what it was taken. */
  form: z.enum(['original', 'copy']),
})

export type SignOutput = z.infer<typeof signOutput>
