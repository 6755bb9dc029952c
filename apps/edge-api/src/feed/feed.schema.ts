import * as z from 'zod/mini'
import { derivativeNames } from '@shoebox/shared/media/derivatives.ts'
import { mediaTypes } from '@shoebox/shared/media/kinds.ts'
import { captureDetailsSchema, exposureSchema, placeSchema } from '@shoebox/shared/messages/capture-details.schema.ts'
import { timedDetailsSchema } from '@shoebox/shared/messages/timed-details.schema.ts'
import { idInput, idOutput } from '../trpc/ids.schema.ts'
import { listOf } from '../trpc/list-of.schema.ts'
import { parseCursor } from './feed-cursor.ts'
import { pageSizeDefault, pageSizeMax } from './page-size.ts'

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

export const pageInput = z.strictObject({
  cursor: z.optional(cursor),
  size: z._default(z.int().check(z.minimum(1), z.maximum(pageSizeMax)), pageSizeDefault),
})

export const sinceInput = z.strictObject({ after: cursor })

export const itemInput = z.strictObject({ mediaId: idInput('media') })

export const likedAmongInput = z.strictObject({ mediaIds: z.array(idInput('media')).check(z.maxLength(pageSizeMax)) })
export const likedAmongOutput = z.strictObject({ mediaIds: z.array(idOutput('media')) })

const pixels = z.int().check(z.positive())

export const feedItem = z.strictObject({
  id: idOutput('media'),
  kind: z.enum(['image', 'video', 'audio']),
  type: z.enum(mediaTypes),
  /** Length of the original. */
  bytes: z.nullable(z.int().check(z.positive())),
  owner: z.strictObject({ id: idOutput('user'), name: z.string() }),
  /** What its owner says of it, and what it shows, for people who cannot see it. Empty: nothing. */
  caption: z.string(),
  altText: z.string(),
  /** It waits for a review; nobody but its owner is shown it. Absent: it does not. */
  isHeld: z.optional(z.literal(true)),
  /** Among one's own uploads: it lies in the trash. Absent: it does not. */
  isTrashed: z.optional(z.literal(true)),
  /** Upright size of the original; null for kinds whose details are not read yet. */
  widthPx: z.nullable(pixels),
  heightPx: z.nullable(pixels),
  /** Thumbhash bytes in standard base64. */
  thumbhash: z.nullable(z.string()),
  /** `#rrggbb`. */
  dominantColor: z.nullable(z.string()),
  /** Wall-clock time where it was taken, `YYYY-MM-DDTHH:MM:SS`. Never the place. */
  takenLocal: z.nullable(z.string()),
  /** True when only the first frame of an animation is shown. */
  isCutToFirstFrame: z.boolean(),
  /** Of a film or a sound, where it is known. */
  durationMs: z.nullable(z.int().check(z.positive())),
  /** Whether there is a picture of it: false for a film that has no readable frame, or a sound without a cover. */
  hasPoster: z.boolean(),
  /** Whether `<delivery.base>/play` is there: a film or a sound that can be played here. */
  hasPlay: z.boolean(),
  isHdr: z.boolean(),
  publishedAt: z.iso.datetime(),
  likeCount: z.int().check(z.nonnegative()),
  /** What lies under `delivery.base`, as `<name>.webp`. */
  derivatives: z.array(z.strictObject({ name: z.enum(derivativeNames), widthPx: pixels, heightPx: pixels })),
  delivery: z.strictObject({ base: z.string(), query: z.string(), expiresAt: z.iso.datetime() }),
})

const captions = z.strictObject({ language: z.nullable(z.string()), label: z.nullable(z.string()) })

const { videoCodec, audioCodec, frameRate, peaks, tags } = timedDetailsSchema.shape
const { camera, lens } = captureDetailsSchema.shape

/** What the viewer shows beside an item, beyond what the feed tells of it. */
export const detailsOutput = z.strictObject({
  mediaId: idOutput('media'),
  owner: feedItem.shape.owner,
  /** Only to its owner: names of files tell more than people think. */
  fileName: z.nullable(z.string()),
  kind: feedItem.shape.kind,
  /** What the original is, and its length. */
  originalType: z.enum(mediaTypes),
  bytes: z.nullable(z.int().check(z.positive())),
  widthPx: z.nullable(pixels),
  heightPx: z.nullable(pixels),
  taken: z.nullable(
    z.strictObject({
      /** Wall-clock time where it was taken, `YYYY-MM-DDTHH:MM:SS`. */
      local: z.string(),
      /** Minutes east of UTC; null when the file does not say. */
      offsetMinutes: z.nullable(z.int()),
      source: z.enum(['exif', 'xmp', 'container']),
    }),
  ),
  camera,
  lens,
  exposure: z.nullable(z.strictObject(exposureSchema.shape)),
  /** Only to its owner, as long as no location policy says otherwise. Never a position, not even a rounded one. */
  place: z.nullable(z.strictObject({ country: placeSchema.shape.country, city: placeSchema.shape.city })),
  publishedAt: z.iso.datetime(),
  isCutToFirstFrame: z.boolean(),
  isHdr: z.boolean(),
  /** False: the browser can only download it. */
  isPlayable: z.boolean(),
  // Of films and sounds; null for pictures and where it is not known.
  durationMs: z.nullable(z.int().check(z.positive())),
  videoCodec,
  audioCodec,
  frameRate,
  /** 200 values from 0 to 255. */
  peaks,
  tags: z.nullable(z.strictObject(tags.shape)),
  /** The nth lies under `delivery.base`, as `captions-<n>.vtt`, counted from 1. */
  captions: z.array(captions),
})

export const pageOutput = z.strictObject({
  items: listOf(feedItem),
  /** Where the next older page starts, or null at the end. */
  nextCursor: z.nullable(z.string()),
  /** What `feed.since` is asked with to learn of newer items. */
  sinceCursor: z.string(),
})

export const sinceOutput = z.strictObject({
  /** Newest first. May repeat items of the last seconds before the cursor: drop the ones you have. */
  items: listOf(feedItem),
  sinceCursor: z.string(),
  /** False when more is new than one answer carries: read the first page again. */
  isComplete: z.boolean(),
})

export type FeedItem = z.infer<typeof feedItem>
export type FeedPage = z.infer<typeof pageOutput>
export type Details = z.infer<typeof detailsOutput>
export type FeedArrivals = z.infer<typeof sinceOutput>
