import * as z from 'zod'
import { altTextCharactersMax, captionCharactersMax } from '@shoebox/shared/groups/policies.ts'
import { feedItem, pageSizeDefault, pageSizeMax } from '../feed/feed.schema.ts'
import { parseCursor } from '../feed/feed-cursor.ts'
import { typedText } from '../groups/groups.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'
import { parsePosition } from './timeline-cursor.ts'

/** How many items one change may name. */
export const changedMax = 500

const groupId = idInput('group')

const cursorOf = <T>(parse: (text: string) => T | null) =>
  z
    .string()
    .max(100)
    .transform((text, context) => {
      const position = parse(text)
      if (position === null) {
        context.addIssue({ code: 'custom', message: 'not a cursor' })
        return z.NEVER
      }
      return position
    })

const size = z.int().min(1).max(pageSizeMax).default(pageSizeDefault)

/**
 * An IANA name, turned into the one that it stands for today: browsers know old ones, such as `CTT`, that Postgres does
 * not, or takes for something else. Offsets are refused: Postgres reads their sign the other way round.
 */
const zone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/)
  .transform((name, context) => {
    try {
      return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    } catch {
      context.addIssue({ code: 'custom', message: 'not a time zone' })
      return z.NEVER
    }
  })

const day = z.iso.date().refine((text) => text >= '1000')
const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/

const filter = z
  .strictObject({
    uploaders: z.array(idInput('user')).min(1).max(500).optional(),
    kinds: z.array(feedItem.shape.kind).min(1).max(3).optional(),
    /** First and last day in the viewer's zone, both included. */
    from: day.optional(),
    to: day.optional(),
  })
  .default({})

export const galleryItem = feedItem.extend({
  groupId: idOutput('group').nullable(),
  caption: z.string(),
  altText: z.string(),
  commentCount: z.int().nonnegative(),
  /** Its place in the timeline: when it was taken, or uploaded where the file does not say. */
  timelineAt: z.iso.datetime(),
  isMine: z.boolean(),
})

const items = z.array(galleryItem)

export const timelineInput = z.strictObject({ groupId, zone: zone.default('UTC'), filter })
export const timelineOutput = z.strictObject({
  /** Newest first, each of one page at most. */
  chunks: z.array(
    z.strictObject({
      /** Where it stands from today in the zone asked for; further back, and in the future, its month. */
      section: z.union([z.enum(['today', 'week', 'month', 'year']), z.string().regex(monthPattern)]),
      /** `YYYY-MM` in the zone asked for. */
      month: z.string().regex(monthPattern),
      count: z.int().positive(),
      /** For `page`: what the chunk comes after. Null: it is the first. */
      cursor: z.string().nullable(),
    }),
  ),
  total: z.int().nonnegative(),
})

export const pageInput = z.strictObject({
  groupId,
  zone: zone.default('UTC'),
  filter,
  cursor: cursorOf(parsePosition).optional(),
  size,
})
export const pageOutput = z.strictObject({
  items,
  nextCursor: z.string().nullable(),
  /** What `gallery.since` is asked with to learn of newer items. */
  sinceCursor: z.string(),
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
  groupId: groupId.nullable().default(null),
  cursor: cursorOf(parsePosition).optional(),
  size,
})
export const trashOutput = z.strictObject({
  /** The newest in the trash first. */
  items: z.array(
    galleryItem.extend({
      groupName: z.string().nullable(),
      trashedAt: z.iso.datetime(),
      /** When it is ended for good. */
      purgeAt: z.iso.datetime(),
      /** An admin took it out of the gallery: only admins put it back. */
      isTakenOut: z.boolean(),
    }),
  ),
  nextCursor: z.string().nullable(),
})

const mediaIds = z.array(idInput('media')).min(1).max(changedMax)

export const itemsInput = z.strictObject({ mediaIds })
/** `refused`: not there, not theirs to change, or changed already. The two together are what was asked for. */
export const movedOutput = z.strictObject({ moved: z.array(idOutput('media')), refused: z.array(idOutput('media')) })

export const emptyTrashInput = z.strictObject({
  /** Left out: all of one's own. */
  mediaIds: mediaIds.optional(),
})
export const emptyTrashOutput = z.strictObject({
  purged: z.int().nonnegative(),
  /** False: there was more than one call ends; call again. */
  isComplete: z.boolean(),
})

export const hiddenInput = z.strictObject({ groupId, cursor: idInput('media').optional(), size })
export const hiddenOutput = z.strictObject({
  items,
  nextCursor: idOutput('media').nullable(),
})

export const moveInput = z.strictObject({
  mediaIds,
  /** Null: the public feed. */
  toGroupId: groupId.nullable(),
})

export const describeInput = z
  .strictObject({
    mediaId: idInput('media'),
    caption: typedText(captionCharactersMax).optional(),
    altText: typedText(altTextCharactersMax).optional(),
  })
  .refine(({ caption, altText }) => caption !== undefined || altText !== undefined, { path: ['caption'] })

export type GalleryItem = z.infer<typeof galleryItem>
export type TimelineInput = z.infer<typeof timelineInput>
export type TimelineOutput = z.infer<typeof timelineOutput>
export type PageInput = z.infer<typeof pageInput>
export type GalleryPage = z.infer<typeof pageOutput>
export type SinceInput = z.infer<typeof sinceInput>
export type SinceOutput = z.infer<typeof sinceOutput>
export type TrashInput = z.infer<typeof trashInput>
export type TrashOutput = z.infer<typeof trashOutput>
export type HiddenInput = z.infer<typeof hiddenInput>
export type HiddenOutput = z.infer<typeof hiddenOutput>
export type MovedOutput = z.infer<typeof movedOutput>
export type EmptyTrashOutput = z.infer<typeof emptyTrashOutput>
export type DescribeInput = z.infer<typeof describeInput>
