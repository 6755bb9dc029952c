import * as z from 'zod/mini'
import { heldReasons, tierDaysMax, tierPostsMax, tiersMax } from '@shoebox/shared/safety/review-tiers.ts'
import { parseCursor } from '../feed/feed-cursor.ts'
import { feedItem } from '../feed/feed.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'
import { listOf } from '../trpc/list-of.schema.ts'

export const judgedMax = 100
export const ownHeldMax = 100

const moment = z.iso.datetime()
const kind = z.enum(['image', 'video', 'audio'])

/** What lies in both lists is an item at a moment, as in the feed. */
const cursor = z.pipe(
  z.string().check(z.maxLength(100)),
  z.transform((text, context) => {
    const position = parseCursor(text)
    if (position === null) {
      context.issues.push({ code: 'custom', input: text, message: 'not a cursor' })
      return z.NEVER
    }
    return position
  }),
)

export const listInput = z.strictObject({
  /** `nextCursor` of the answer before. */
  cursor: z.optional(cursor),
  size: z._default(z.int().check(z.minimum(1), z.maximum(100)), 30),
})

export const heldOutput = z.strictObject({
  /** The longest waiting first. */
  held: z.array(
    z.strictObject({
      item: feedItem,
      reason: z.enum(heldReasons),
      /** `alike`: when what it looks like was removed. Null: it is not known any more. */
      removedAt: z.nullable(moment),
      purpose: z.enum(['item', 'avatar', 'cover']),
      /** Where its members would see it. Null: everybody would. */
      groupName: z.nullable(z.string()),
      ownerSince: moment,
      /** It is of whoever asks: somebody else decides. */
      isOwn: z.boolean(),
    }),
  ),
  nextCursor: z.nullable(z.string()),
})

export const judgeInput = z.strictObject({
  mediaIds: z.array(idInput('media')).check(z.minLength(1), z.maxLength(judgedMax)),
  /** `keep_out`: refused, and its content does not come back. */
  verdict: z.enum(['approve', 'refuse', 'keep_out']),
})
export const judgeOutput = z.strictObject({
  /** Those it was done to: what somebody else decided meanwhile is left out. */
  mediaIds: z.array(idOutput('media')),
})

/** Items of the viewer's own, wherever they are for, the latest first. */
export const ownHeldOutput = z.strictObject({ items: listOf(feedItem) })

const tier = z.strictObject({
  /** For accounts younger than so many days. Null: of any age. */
  daysMax: z.nullable(z.int().check(z.minimum(1), z.maximum(tierDaysMax))),
  /** How many posts of theirs have to be public before one needs no review. */
  posts: z.int().check(z.minimum(1), z.maximum(tierPostsMax)),
})
/** Each age once. None: nothing waits. */
export const tiersInput = z.strictObject({
  tiers: z.array(tier).check(
    z.maxLength(tiersMax),
    z.refine((tiers) => new Set(tiers.map(({ daysMax }) => daysMax)).size === tiers.length),
  ),
})
export const tiersOutput = z.strictObject({ tiers: z.array(tier) })

export const knownBadOutput = z.strictObject({
  /** The latest first. */
  known: z.array(
    z.strictObject({
      mediaId: idOutput('media'),
      kind,
      /** A blur of it, in standard base64. */
      thumbhash: z.nullable(z.string()),
      /** Its copies are held as well, not only the same bytes refused. */
      isKnownByLooks: z.boolean(),
      addedAt: moment,
      /** Null: their account is gone. */
      addedBy: z.nullable(z.string()),
    }),
  ),
  nextCursor: z.nullable(z.string()),
})

export const liftInput = z.strictObject({ mediaId: idInput('media') })

export type ListInput = z.infer<typeof listInput>
export type HeldOutput = z.infer<typeof heldOutput>
export type JudgeInput = z.infer<typeof judgeInput>
export type JudgeOutput = z.infer<typeof judgeOutput>
export type OwnHeldOutput = z.infer<typeof ownHeldOutput>
export type TiersOutput = z.infer<typeof tiersOutput>
export type KnownBadOutput = z.infer<typeof knownBadOutput>
