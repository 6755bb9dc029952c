import * as z from 'zod/mini'
import { altTextCharactersMax, captionCharactersMax } from '@shoebox/shared/groups/policies.ts'
import { feedItem } from '../feed/feed.schema.ts'
import { pageSizeDefault, pageSizeMax } from '../feed/page-size.ts'
import { parseCursor } from '../feed/feed-cursor.ts'
import { typedText } from '../groups/groups.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'
import { listOf } from '../trpc/list-of.schema.ts'
import { parsePosition } from './timeline-cursor.ts'

/** How many items one change may name. */
export const changedMax = 500

/** How many items one answer names that only names them. */
export const namedMax = 5000

const groupId = idInput('group')

const cursorOf = <T>(parse: (text: string) => T | null) =>
  z.pipe(
    z.string().check(z.maxLength(100)),
    z.transform((text, context) => {
      const position = parse(text)
      if (position === null) {
        context.issues.push({ code: 'custom', input: text, message: 'not a cursor' })
        return z.NEVER
      }
      return position
    }),
  )

const size = z._default(z.int().check(z.minimum(1), z.maximum(pageSizeMax)), pageSizeDefault)

/**
 * An IANA name, turned into the one that it stands for today: browsers know old ones, such as `CTT`, that Postgres does
 * not, or takes for something else. Offsets are refused: Postgres reads their sign the other way round.
 */
export const zone = z.pipe(
  z.string().check(z.maxLength(64), z.regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/)),
  z.transform((name, context) => {
    try {
      return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    } catch {
      context.issues.push({ code: 'custom', input: name, message: 'not a time zone' })
      return z.NEVER
    }
  }),
)

const day = z.iso.date().check(z.refine((text) => text >= '1000'))
const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/

const filter = z._default(
  z.strictObject({
    uploaders: z.optional(z.array(idInput('user')).check(z.minLength(1), z.maxLength(500))),
    kinds: z.optional(z.array(feedItem.shape.kind).check(z.minLength(1), z.maxLength(3))),
    /** First and last day in the viewer's zone, both included. */
    from: z.optional(day),
    to: z.optional(day),
  }),
  {},
)

export const galleryItem = z.extend(feedItem, {
  groupId: z.nullable(idOutput('group')),
  commentCount: z.int().check(z.nonnegative()),
  /** Its place in the timeline: when it was taken, or uploaded where the file does not say. */
  timelineAt: z.iso.datetime(),
  isMine: z.boolean(),
})

const items = listOf(galleryItem)

export const timelineInput = z.strictObject({ groupId, zone: z._default(zone, 'UTC'), filter })
export const timelineOutput = z.strictObject({
  /** Newest first, each of one page at most. */
  chunks: z.array(
    z.strictObject({
      /** Where it stands from today in the zone asked for; further back, and in the future, its month. */
      section: z.union([z.enum(['today', 'week', 'month', 'year']), z.string().check(z.regex(monthPattern))]),
      /** `YYYY-MM` in the zone asked for. */
      month: z.string().check(z.regex(monthPattern)),
      count: z.int().check(z.positive()),
      /** For `page`: what the chunk comes after. Null: it is the first. */
      cursor: z.nullable(z.string()),
    }),
  ),
  total: z.int().check(z.nonnegative()),
})

export const pageInput = z.strictObject({
  groupId,
  zone: z._default(zone, 'UTC'),
  filter,
  cursor: z.optional(cursorOf(parsePosition)),
  size,
})
export const pageOutput = z.strictObject({
  items,
  nextCursor: z.nullable(z.string()),
  /** What `gallery.since` is asked with to learn of newer items. */
  sinceCursor: z.string(),
})

/** Names everything that `page` shows, for what is done to all of it. */
export const idsInput = z.strictObject({
  ...pageInput.shape,
  size: z._default(z.int().check(z.minimum(1), z.maximum(namedMax)), namedMax),
})
export const idsOutput = z.strictObject({
  /** In the order of the timeline. Of one's own everything may be changed, of others' what a role allows. */
  items: listOf(z.strictObject({ id: idOutput('media'), isMine: z.boolean() })),
  nextCursor: z.nullable(z.string()),
})

export const sinceInput = z.strictObject({ groupId, after: cursorOf(parseCursor) })
export const sinceOutput = z.strictObject({
  /** Newest first. May repeat items of the last seconds before the cursor: drop the ones you have. */
  items,
  sinceCursor: z.string(),
  /** False when more is new than one answer carries: read the page again. */
  isComplete: z.boolean(),
})

export const itemInput = z.strictObject({ mediaId: idInput('media') })

export const trashInput = z.strictObject({
  /** Null: one's own, of everywhere. A group: one's own there, and for its admins what admins took out. */
  groupId: z._default(z.nullable(groupId), null),
  cursor: z.optional(cursorOf(parsePosition)),
  size,
})
export const trashOutput = z.strictObject({
  /** The newest in the trash first. */
  items: listOf(
    z.extend(galleryItem, {
      groupName: z.nullable(z.string()),
      trashedAt: z.iso.datetime(),
      /** When it is ended for good. */
      purgeAt: z.iso.datetime(),
      /** An admin took it out of the gallery: only admins put it back. */
      isTakenOut: z.boolean(),
    }),
  ),
  nextCursor: z.nullable(z.string()),
})

const mediaIds = z.array(idInput('media')).check(z.minLength(1), z.maxLength(changedMax))

export const itemsInput = z.strictObject({ mediaIds })
/** `refused`: not there, not theirs to change, or changed already. The two together are what was asked for. */
export const movedOutput = z.strictObject({ moved: z.array(idOutput('media')), refused: z.array(idOutput('media')) })

export const emptyTrashInput = z.strictObject({
  /** Left out: all of one's own. */
  mediaIds: z.optional(mediaIds),
})
export const emptyTrashOutput = z.strictObject({
  purged: z.int().check(z.nonnegative()),
  /** False: there was more than one call ends; call again. */
  isComplete: z.boolean(),
})

export const hiddenInput = z.strictObject({ groupId, cursor: z.optional(idInput('media')), size })
export const hiddenOutput = z.strictObject({
  items,
  nextCursor: z.nullable(idOutput('media')),
})

export const moveInput = z.strictObject({
  mediaIds,
  /** Null: the public feed. */
  toGroupId: z.nullable(groupId),
  /** Captions and descriptions do not go along: they are deleted. Left out: they do. */
  withoutWords: z.optional(z.boolean()),
})

export const describeInput = z
  .strictObject({
    mediaId: idInput('media'),
    caption: z.optional(typedText(captionCharactersMax)),
    altText: z.optional(typedText(altTextCharactersMax)),
  })
  .check(z.refine(({ caption, altText }) => caption !== undefined || altText !== undefined, { path: ['caption'] }))

export type GalleryItem = z.infer<typeof galleryItem>
export type TimelineInput = z.infer<typeof timelineInput>
export type TimelineOutput = z.infer<typeof timelineOutput>
export type PageInput = z.infer<typeof pageInput>
export type GalleryPage = z.infer<typeof pageOutput>
export type IdsInput = z.infer<typeof idsInput>
export type GalleryIds = z.infer<typeof idsOutput>
export type SinceInput = z.infer<typeof sinceInput>
export type SinceOutput = z.infer<typeof sinceOutput>
export type TrashInput = z.infer<typeof trashInput>
export type TrashOutput = z.infer<typeof trashOutput>
export type HiddenInput = z.infer<typeof hiddenInput>
export type HiddenOutput = z.infer<typeof hiddenOutput>
export type MoveInput = z.infer<typeof moveInput>
export type MovedOutput = z.infer<typeof movedOutput>
export type EmptyTrashOutput = z.infer<typeof emptyTrashOutput>
export type DescribeInput = z.infer<typeof describeInput>
