import * as z from 'zod/mini'
import { picture } from '../groups/groups.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'

const groupId = idInput('group')

export const listInput = z.strictObject({ groupId })
export const listOutput = z.strictObject({
  /** Who has waited longest first; at most 200. */
  requests: z.array(
    z.strictObject({
      userId: idOutput('user'),
      name: z.string(),
      avatar: picture,
      /** What they would become. */
      role: z.enum(['viewer', 'contributor']),
      createdAt: z.iso.datetime(),
    }),
  ),
})

export const answerInput = z.strictObject({ groupId, userId: idInput('user') })

export const mineOutput = z.strictObject({
  /** One's own that nobody has answered. */
  requests: z.array(z.strictObject({ groupId: idOutput('group'), name: z.string(), createdAt: z.iso.datetime() })),
})

export const withdrawInput = z.strictObject({ groupId })

export type RequestsOutput = z.infer<typeof listOutput>
export type MyRequestsOutput = z.infer<typeof mineOutput>
