import * as z from 'zod/mini'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

/** How many items one question may name. */
export const signedMax = 100

export const signInput = z.strictObject({ mediaId: idInput('media') })
const signed = {
  /** Answers with the file as an attachment, until it expires. */
  url: z.string(),
  fileName: z.string(),
  expiresAt: z.iso.datetime(),
  /** `copy`: without what the file says about where and with what it was taken. */
  form: z.enum(['original', 'copy']),
}
export const signOutput = z.strictObject(signed)

export const signManyInput = z.strictObject({
  mediaIds: z.array(idInput('media')).check(z.minLength(1), z.maxLength(signedMax)),
})
export const signManyOutput = z.strictObject({
  /** In the order asked for, without those refused. */
  items: z.array(
    z.strictObject({
      ...signed,
      mediaId: idOutput('media'),
      /** Of the original. A copy is about as long. */
      bytes: z.int().check(z.positive()),
      /** Of what the address answers, as standard base64. Null: not known of these bytes. */
      sha256: z.nullable(z.string()),
      /** Wall-clock time where it was taken, `YYYY-MM-DDTHH:MM:SS`; null where the file does not say. */
      takenLocal: z.nullable(z.string()),
      addedAt: z.iso.datetime(),
    }),
  ),
  refused: z.array(z.strictObject({ mediaId: idOutput('media'), code: z.enum(['not_found', 'no_copy']) })),
})

export type SignOutput = z.infer<typeof signOutput>
export type SignManyOutput = z.infer<typeof signManyOutput>
