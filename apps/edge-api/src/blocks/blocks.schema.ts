import * as z from 'zod/mini'
import { picture } from '../groups/groups.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

export const onePersonInput = z.strictObject({ userId: idInput('user') })

export const listOutput = z.strictObject({
  /** The latest blocked first. */
  blocked: z.array(
    z.strictObject({ id: idOutput('user'), name: z.string(), avatar: picture, blockedAt: z.iso.datetime() }),
  ),
})

export type BlockedOutput = z.infer<typeof listOutput>
