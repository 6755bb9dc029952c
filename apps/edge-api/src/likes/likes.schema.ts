import * as z from 'zod/mini'
import { idInput } from '../trpc/ids.schema.ts'

export const likeInput = z.strictObject({ mediaId: idInput('media') })
export const likeOutput = z.strictObject({ liked: z.boolean(), likeCount: z.int().check(z.nonnegative()) })
