import * as z from 'zod/mini'
import { commentCharactersMax } from '@shoebox/shared/groups/policies.ts'
import { pageSizeDefault, pageSizeMax } from '../feed/page-size.ts'
import { picture, typedText } from '../groups/groups.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

const mediaId = idInput('media')

const comment = z.strictObject({
  id: idOutput('comment'),
  text: z.string(),
  createdAt: z.iso.datetime(),
  author: z.strictObject({ id: idOutput('user'), name: z.string(), avatar: picture }),
  isMine: z.boolean(),
  /** Whether the viewer may take it away. */
  isRemovable: z.boolean(),
})

export const listInput = z.strictObject({
  mediaId,
  /** `nextCursor` of the answer before. */
  cursor: z.optional(idInput('comment')),
  size: z._default(z.int().check(z.minimum(1), z.maximum(pageSizeMax)), pageSizeDefault),
})
export const listOutput = z.strictObject({
  /** Newest first. */
  comments: z.array(comment),
  nextCursor: z.nullable(idOutput('comment')),
})

export const addInput = z.strictObject({
  mediaId,
  text: typedText(commentCharactersMax).check(z.refine((text) => text !== '')),
})
export const addOutput = z.strictObject({ comment, commentCount: z.int().check(z.positive()) })

export const removeInput = z.strictObject({ commentId: idInput('comment') })

export type Comment = z.infer<typeof comment>
export type CommentsInput = z.infer<typeof listInput>
export type CommentsOutput = z.infer<typeof listOutput>
export type AddOutput = z.infer<typeof addOutput>
