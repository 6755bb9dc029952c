import * as z from 'zod/mini'
import { feedItem, pageInput } from '../feed/feed.schema.ts'
import { picture } from '../groups/groups.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'
import { listOf } from '../trpc/list-of.schema.ts'

/** All that people learn of each other. */
export const person = z.strictObject({ id: idOutput('user'), name: z.string(), avatar: picture })

export const findPersonInput = z.strictObject({ userId: idInput('user') })
export const findPersonOutput = z.strictObject({ person })

export const personPageInput = z.extend(pageInput, { userId: idInput('user') })
export const personPageOutput = z.strictObject({
  person,
  /** What they put in the public feed, newest first. */
  items: listOf(feedItem),
  nextCursor: z.nullable(z.string()),
})

export type Person = z.infer<typeof person>
export type PersonPageInput = z.infer<typeof personPageInput>
export type PersonPage = z.infer<typeof personPageOutput>
