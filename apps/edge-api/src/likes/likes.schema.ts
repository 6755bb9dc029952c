import * as z from 'zod'
import { idInput } from '../trpc/ids.schema.ts'

export const likeInput = z.strictObject({ mediaId: idInput('media') })
export const likeOutput = z.strictObject({ liked: z.boolean(), likeCount: z.int().nonnegative() })
