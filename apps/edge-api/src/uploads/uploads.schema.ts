import * as z from 'zod/mini'
import { inspectionRefusals, preflightRefusals } from '@shoebox/shared/refusals.ts'
import { partsMax } from '@shoebox/shared/upload/plan-parts.ts'
import {
  fileNameCharactersMax,
  filesMaxPerBatch,
  methodFor,
  partsMaxPerCall,
  watchedMaxPerCall,
} from '@shoebox/shared/upload/policy.ts'
import { storedStates } from '@shoebox/shared/upload/lifecycle.ts'
import { feedItem } from '../feed/feed.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'
import { listOf } from '../trpc/list-of.schema.ts'

const minePageMax = 100

/** SHA-256 in standard base64: 32 bytes are 43 characters and one sign. */
export const sha256 = z.string().check(z.regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/))

const declaredFile = z
  .strictObject({
    /** Kept shortened; never part of a key. U+0000 cannot be stored as text. */
    name: z.pipe(
      z.string().check(z.maxLength(4096), z.regex(/^[^\0]*$/)),
      z.transform((name) => Array.from(name).slice(0, fileNameCharactersMax).join('').toWellFormed()),
    ),
    type: z.string().check(z.maxLength(255)),
    bytes: z.int().check(z.nonnegative()),
    /** Of the whole file where it goes in one PUT; parts carry their own, and then there is none here. */
    sha256: z.optional(sha256),
    allowDuplicate: z.optional(z.boolean()),
  })
  .check(
    z.refine(({ bytes, sha256: sum }) => (methodFor(bytes) === 'put') === (sum !== undefined), { path: ['sha256'] }),
  )

/** Where a batch goes, and for whom. */
export const batchHead = {
  /** The gallery they go to. Null: the public feed. */
  groupId: z._default(z.nullable(idInput('group')), null),
  /** `cover`: a picture of the group that its gallery does not list, sent by an admin. */
  purpose: z._default(z.enum(['item', 'cover']), 'item'),
  /**
   * Who added the files, as far as the browser knows. Its cookie is every tab's: by now it may be another person's, and
   * then nothing is taken.
   */
  userId: z.optional(idInput('user')),
}

export const beginInput = z
  .strictObject({
    /** Made by the browser once per pre-flight and repeated with every retry of it. */
    batchId: z.guid().check(z.toLowerCase()),
    files: z.array(declaredFile).check(z.minLength(1), z.maxLength(filesMaxPerBatch)),
    ...batchHead,
  })
  .check(
    z.refine(({ purpose, groupId }) => purpose === 'item' || groupId !== null, {
      path: ['groupId'],
    }),
  )

export const uploadRequest = z.strictObject({
  method: z.literal('PUT'),
  url: z.string(),
  /** Send exactly these. The browser adds Host and Content-Length itself, which are signed too. */
  headers: z.record(z.string(), z.string()),
  expiresAt: z.iso.datetime(),
})

const partPlan = {
  /** Length of every part but the last. */
  partBytes: z.int().check(z.positive()),
  /** How many parts there are, numbered from 1. */
  parts: z.int().check(z.positive()),
}

export const beginOutput = z.strictObject({
  /** One answer per declared file, in the same order. */
  files: z.array(
    z.discriminatedUnion('ok', [
      z.discriminatedUnion('method', [
        z.strictObject({
          ok: z.literal(true),
          mediaId: idOutput('media'),
          method: z.literal('put'),
          request: uploadRequest,
        }),
        z.strictObject({
          ok: z.literal(true),
          mediaId: idOutput('media'),
          method: z.literal('multipart'),
          ...partPlan,
        }),
      ]),
      z.strictObject({
        ok: z.literal(false),
        /** `upload_settled`: the repeated call's file has its end already. `invalid_input`: it was another file before. */
        code: z.enum([...preflightRefusals, 'upload_settled', 'invalid_input']),
        /** With `file_too_large`. */
        bytesMax: z.optional(z.int().check(z.positive())),
        /** With `upload_settled`: what to watch. With `duplicate`: the item, or file of this batch, of the same content. */
        mediaId: z.optional(idOutput('media')),
      }),
    ]),
  ),
})

export const oneUploadInput = z.strictObject({ mediaId: idInput('media') })
export const signOutput = z.strictObject({ request: uploadRequest })

export const openMultipartOutput = z.strictObject(partPlan)

const partNumber = z.int().check(z.minimum(1), z.maximum(partsMax))

export const signPartsInput = z.strictObject({
  mediaId: idInput('media'),
  parts: z.array(z.strictObject({ partNumber, sha256 })).check(
    z.minLength(1),
    z.maxLength(partsMaxPerCall),
    z.refine((parts) => new Set(parts.map((part) => part.partNumber)).size === parts.length),
  ),
})
export const signPartsOutput = z.strictObject({
  /** In the order asked. */
  parts: z.array(z.strictObject({ partNumber, request: uploadRequest })),
})

export const listPartsInput = z.strictObject({
  mediaId: idInput('media'),
  /** The number after which to go on: `nextAfter` of the answer before. */
  after: z._default(z.int().check(z.minimum(0), z.maximum(partsMax)), 0),
})
export const listPartsOutput = z.strictObject({
  /** The whole object is there: there is nothing to send, only to watch. */
  isReceived: z.boolean(),
  parts: z.array(z.strictObject({ partNumber, bytes: z.int().check(z.nonnegative()), sha256: z.nullable(z.string()) })),
  nextAfter: z.nullable(z.int().check(z.positive())),
})

export const watchInput = z.strictObject({
  mediaIds: z.array(idInput('media')).check(z.minLength(1), z.maxLength(watchedMaxPerCall)),
})
const watchedUpload = {
  mediaId: idOutput('media'),
  state: z.enum(storedStates),
  /** Why it was refused. */
  reason: z.nullable(z.enum(inspectionRefusals)),
  /** With the reason `duplicate`: the item of the same content. It may be gone since. */
  duplicateOf: z.nullable(idOutput('media')),
  declaredType: z.string(),
  /** What the bytes really are, where that is known. */
  detectedType: z.nullable(z.string()),
  /** With state `ready`: the item as the feed shows it. */
  item: z.nullable(feedItem),
}
export const watchOutput = z.strictObject({
  /** Ids that are not the viewer's own are left out, like ids that do not exist. */
  items: listOf(z.strictObject(watchedUpload)),
})

export const mineInput = z.strictObject({
  /** `nextCursor` of the page before. */
  cursor: z.optional(idInput('media')),
  size: z._default(z.int().check(z.minimum(1), z.maximum(minePageMax)), 30),
})
export const mineOutput = z.strictObject({
  items: listOf(
    z.strictObject({
      ...watchedUpload,
      fileName: z.string(),
      declaredBytes: z.int().check(z.nonnegative()),
      createdAt: z.iso.datetime(),
      /** When it left `reserved`. */
      settledAt: z.nullable(z.iso.datetime()),
      /** The gallery it was sent to; its name is for members. Null: the public feed. */
      group: z.nullable(z.strictObject({ id: idOutput('group'), name: z.nullable(z.string()) })),
    }),
  ),
  nextCursor: z.nullable(idOutput('media')),
})

export type BeginInput = z.infer<typeof beginInput>
export type BeginOutput = z.infer<typeof beginOutput>
export type SignPartsInput = z.infer<typeof signPartsInput>
export type SignPartsOutput = z.infer<typeof signPartsOutput>
export type ListPartsInput = z.infer<typeof listPartsInput>
export type ListPartsOutput = z.infer<typeof listPartsOutput>
export type UploadRequest = z.infer<typeof uploadRequest>
export type WatchOutput = z.infer<typeof watchOutput>
export type MineInput = z.infer<typeof mineInput>
export type MineOutput = z.infer<typeof mineOutput>
