import * as z from 'zod'
import { inspectionRefusals, preflightRefusals } from '@shoebox/shared/refusals.ts'
import { fileNameCharactersMax, filesMaxPerBatch } from '@shoebox/shared/upload/policy.ts'
import { storedStates } from '@shoebox/shared/upload/lifecycle.ts'
import { feedItem } from '../feed/feed.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

export const watchedMax = 100

const declaredFile = z.strictObject({
  /** Kept shortened; never part of a key. U+0000 cannot be stored as text. */
  name: z
    .string()
    .max(4096)
    .regex(/^[^\0]*$/)
    .transform((name) => Array.from(name).slice(0, fileNameCharactersMax).join('').toWellFormed()),
  type: z.string().max(255),
  bytes: z.int().nonnegative(),
  /** SHA-256 in standard base64: 32 bytes are 43 characters and one sign. */
  sha256: z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/),
})

export const beginInput = z.strictObject({
  /** Made by the browser once per pre-flight and repeated with every retry of it. */
  batchId: z.guid().toLowerCase(),
  files: z.array(declaredFile).min(1).max(filesMaxPerBatch),
})

const uploadRequest = z.strictObject({
  method: z.literal('PUT'),
  url: z.string(),
  /** Send exactly these. The browser adds Host and Content-Length itself, which are signed too. */
  headers: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
})

export const beginOutput = z.strictObject({
  /** One answer per declared file, in the same order. */
  files: z.array(
    z.discriminatedUnion('ok', [
      z.strictObject({ ok: z.literal(true), mediaId: idOutput('media'), request: uploadRequest }),
      z.strictObject({
        ok: z.literal(false),
        /** `upload_settled`: the repeated call's file has its end already. `invalid_input`: it was another file before. */
        code: z.enum([...preflightRefusals, 'upload_settled', 'invalid_input']),
        /** With `file_too_large`. */
        bytesMax: z.int().positive().optional(),
        /** With `upload_settled`: what to watch. */
        mediaId: idOutput('media').optional(),
      }),
    ]),
  ),
})

export const oneUploadInput = z.strictObject({ mediaId: idInput('media') })
export const signOutput = z.strictObject({ request: uploadRequest })

export const watchInput = z.strictObject({ mediaIds: z.array(idInput('media')).min(1).max(watchedMax) })
export const watchOutput = z.strictObject({
  /** Ids that are not the viewer's own are left out, like ids that do not exist. */
  items: z.array(
    z.strictObject({
      mediaId: idOutput('media'),
      state: z.enum(storedStates),
      /** Why it was refused. */
      reason: z.enum(inspectionRefusals).nullable(),
      declaredType: z.string(),
      /** What the bytes really are, where that is known. */
      detectedType: z.string().nullable(),
      /** With state `ready`: the item as the feed shows it. */
      item: feedItem.nullable(),
    }),
  ),
})

export type BeginInput = z.infer<typeof beginInput>
export type BeginOutput = z.infer<typeof beginOutput>
export type UploadRequest = z.infer<typeof uploadRequest>
export type WatchOutput = z.infer<typeof watchOutput>
