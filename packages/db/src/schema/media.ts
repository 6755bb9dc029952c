import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CaptureDetails } from '@shoebox/shared/messages/capture-details.schema.ts'
import type { ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { MediaKind, MediaType } from '@shoebox/shared/media/kinds.ts'
import type { InspectionRefusal } from '@shoebox/shared/refusals.ts'
import { heldReasons, type HeldReason } from '@shoebox/shared/safety/review-tiers.ts'
import { storedStates, type StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { users } from './accounts.ts'
import { idColumn, momentColumn, quote } from './columns.ts'
import { groups } from './groups.ts'

export const mediaPurposes = ['item', 'avatar', 'cover'] as const
export type MediaPurpose = (typeof mediaPurposes)[number]

/**
 * `held`: waits for a review. `quarantined`: out of sight while it is judged. `removed`: by a moderator. `withdrawn`: out
 * of sight while its owner is banned.
 */
export const mediaListings = ['listed', 'trashed', 'held', 'quarantined', 'removed', 'withdrawn'] as const
export type MediaListing = (typeof mediaListings)[number]

/** One file somebody uploads: its reservation, then what the processor found, then the item people see. */
export const media = pgTable(
  'media',
  {
    id: idColumn('media', 'id').primaryKey(),
    ownerId: idColumn('user', 'owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'restrict' }),
    /** Made by the browser; with the ordinal it makes a repeated pre-flight return the same rows. */
    batchId: uuid('batch_id').notNull(),
    ordinal: smallint('ordinal').notNull(),
    fileName: text('file_name').notNull(),
    declaredType: text('declared_type').$type<MediaType>().notNull(),
    declaredBytes: bigint('declared_bytes', { mode: 'number' }).notNull(),
    /** Standard base64, 44 characters; what the signed request binds. Null for files that go in parts. */
    declaredSha256: text('declared_sha256'),
    /** What S3 calls the multipart upload, once it was opened. Stored once; two tabs share it. */
    multipartUploadId: text('multipart_upload_id'),
    /** What this row adds to its owner's quota: the declared size while reserved, the real size when ready, else 0. */
    quotaBytes: bigint('quota_bytes', { mode: 'number' }).notNull().default(0),
    /** The UTC day whose quota it counts for. Null once it was handed over, and for rows older than quotas. */
    quotaDay: date('quota_day', { mode: 'string' }),
    state: text('state').$type<StoredState>().notNull(),
    /** Stored although the same content is in its gallery already. True for rows that are older than the question. */
    allowDuplicate: boolean('allow_duplicate').notNull().default(true),
    /** With the reason `duplicate`: the item that has the same content. It may be gone since. */
    duplicateOf: idColumn('media', 'duplicate_of'),
    refusalReason: text('refusal_reason').$type<InspectionRefusal>(),
    /** What the bytes really are, as a MIME name, where that is known. */
    detectedType: text('detected_type'),
    incomingKey: text('incoming_key').notNull(),
    createdAt: momentColumn('created_at').notNull(),
    /** When the row left `reserved`. */
    settledAt: momentColumn('settled_at'),
    /** How often the janitor sent its event again, and when it last did or first saw what was joined from parts. */
    reinjections: smallint('reinjections').notNull().default(0),
    reinjectedAt: momentColumn('reinjected_at'),

    // From here on: written by the persister, for ready items.
    type: text('type').$type<MediaType>(),
    kind: text('kind').$type<MediaKind>(),
    bytes: bigint('bytes', { mode: 'number' }),
    sha256: text('sha256'),
    /** Names the folder of the promoted objects; see object-keys.ts. */
    generation: text('generation'),
    widthPx: integer('width_px'),
    heightPx: integer('height_px'),
    /** Thumbhash bytes in standard base64. */
    thumbhash: text('thumbhash'),
    /** `#rrggbb`. */
    dominantColor: text('dominant_color'),
    /** Wall-clock time where it was taken, `YYYY-MM-DDTHH:MM:SS`. */
    takenLocal: text('taken_local'),
    takenOffsetMinutes: smallint('taken_offset_minutes'),
    /** The instant, where the file says its offset. */
    takenAt: momentColumn('taken_at'),
    takenSource: text('taken_source').$type<'exif' | 'xmp' | 'container'>(),
    // See capture-details.schema.ts.
    camera: text('camera'),
    lens: text('lens'),
    exposure: jsonb('exposure').$type<CaptureDetails['exposure']>(),
    /** Country, city and a rounded position; the exact one is stored nowhere. */
    place: jsonb('place').$type<CaptureDetails['place']>(),
    isCutToFirstFrame: boolean('is_cut_to_first_frame').notNull().default(false),
    derivatives: jsonb('derivatives').$type<ReadyOutcome['derivatives']>(),
    // Films and sounds only; see timed-details.schema.ts.
    durationMs: integer('duration_ms'),
    videoCodec: text('video_codec'),
    audioCodec: text('audio_codec'),
    /** Frames per second. */
    frameRate: real('frame_rate'),
    isHdr: boolean('is_hdr').notNull().default(false),
    peaks: jsonb('peaks').$type<TimedDetails['peaks']>(),
    tags: jsonb('tags').$type<TimedDetails['tags']>(),
    hasPlay: boolean('has_play').notNull().default(false),
    /** Null: it brings none. */
    captions: jsonb('captions').$type<NonNullable<TimedDetails['captions']>>(),
    /** Set exactly when the state is ready; the feed's order. */
    publishedAt: momentColumn('published_at'),
    /** A group's place for it in time: when it was taken, or when it was uploaded where the file does not say. */
    timelineAt: momentColumn('timeline_at'),

    /** The group whose gallery it belongs to. Null: the public feed. */
    groupId: idColumn('group', 'group_id'),
    /** An avatar or a group's cover is stored like any item, and listed nowhere. */
    purpose: text('purpose').$type<MediaPurpose>().notNull().default('item'),
    /** Whether people come across it; anything but `listed` gets no new signature for anyone but its owner. */
    listing: text('listing').$type<MediaListing>().notNull().default('listed'),
    /** How many posts of its owner had to be public before this one needs no review, as it was when it was reserved. */
    reviewFirst: smallint('review_first').notNull().default(0),
    /** Why it waits for a review. Stays while it lies in the trash, from where it goes back to waiting. */
    heldFor: text('held_for').$type<HeldReason>(),
    /** With `alike`: what it looks like. That may have been lifted since. */
    alikeTo: idColumn('media', 'alike_to'),
    trashedAt: momentColumn('trashed_at'),
    /** Who put it into the trash, where that was not its owner. No foreign key: it outlives their account. */
    trashedBy: idColumn('user', 'trashed_by'),
    /** What the stripped copy is that others may download, beside what is shown of it. Null: there is none. */
    copyType: text('copy_type').$type<MediaType>(),
    caption: text('caption').notNull().default(''),
    altText: text('alt_text').notNull().default(''),
    /** True for what everybody may see. Every public query reads this and nothing else. */
    isPublic: boolean('is_public')
      .notNull()
      .generatedAlwaysAs(sql`state = 'ready' and listing = 'listed' and purpose = 'item' and group_id is null`),
    /** The same for the members of its group. */
    isInGallery: boolean('is_in_gallery')
      .notNull()
      .generatedAlwaysAs(sql`state = 'ready' and listing = 'listed' and purpose = 'item' and group_id is not null`),
    /** Kept by the statements that write and delete comments. */
    commentCount: integer('comment_count').notNull().default(0),
    /** Kept by the like and unlike statements, so a page never counts. */
    likeCount: integer('like_count').notNull().default(0),
  },
  (table) => [
    unique('media_owner_batch_ordinal').on(table.ownerId, table.batchId, table.ordinal),
    // Nulls first is what `order by … desc` means; with drizzle's own default the planner would sort instead.
    index('media_feed')
      .on(table.publishedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`is_public`),
    // A person's public page.
    index('media_of_person')
      .on(table.ownerId, table.publishedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`is_public`),
    // A group's gallery in the order of its timeline.
    index('media_timeline')
      .on(table.groupId, table.timelineAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`is_in_gallery`),
    // What the members of a group have not seen yet, and what is new in it.
    index('media_group_published')
      .on(table.groupId, table.publishedAt.desc().nullsFirst())
      .where(sql`is_in_gallery`),
    // All that is in a group, to end it: its items and what came of other uploads.
    index('media_group_id')
      .on(table.groupId)
      .where(sql`group_id is not null`),
    index('media_trash')
      .on(table.trashedAt)
      .where(sql`listing = 'trashed'`),
    // What waits for a review, the longest first.
    index('media_held')
      .on(table.publishedAt, table.id)
      .where(sql`listing = 'held'`),
    // A person's history, newest first: ids sort by creation.
    index('media_owner').on(table.ownerId, table.id.desc().nullsFirst()),
    // What is among a gallery's items already; a person's public items are one, and each group's are.
    index('media_gallery_sha256')
      .on(sql`coalesce(group_id, owner_id)`, table.sha256)
      .where(sql`state = 'ready'`),
    // Two persisters that settle the same content at once cannot both keep it.
    uniqueIndex('media_gallery_content')
      .on(sql`coalesce(group_id, owner_id)`, table.sha256)
      .where(sql`state = 'ready' and not allow_duplicate`),
    // What a person has declared and not sent yet.
    index('media_reserved_sha256')
      .on(table.ownerId, table.declaredSha256)
      .where(sql`state = 'reserved'`),
    // What the janitor looks for.
    index('media_reserved_since')
      .on(table.createdAt)
      .where(sql`state = 'reserved'`),
    // What comes back with its owner.
    index('media_withdrawn')
      .on(table.ownerId)
      .where(sql`listing = 'withdrawn'`),
    // Pictures of people and groups, which the janitor looks through for those that were never set.
    index('media_faces_settled_at')
      .on(table.settledAt)
      .where(sql`purpose <> 'item' and state = 'ready'`),
    // What came to nothing lately: operating asks every minute.
    index('media_given_up')
      .on(table.settledAt)
      .where(sql`refusal_reason = 'processing_failed'`),
    foreignKey({ name: 'media_group', columns: [table.groupId], foreignColumns: [groups.id] }),
    check('media_purpose', sql.raw(`purpose in (${quote(mediaPurposes)})`)),
    check('media_listing', sql.raw(`listing in (${quote(mediaListings)})`)),
    check('media_held_for', sql.raw(`held_for in (${quote(heldReasons)})`)),
    check('media_listed_is_not_held', sql`listing <> 'listed' or held_for is null`),
    check('media_trashed_at', sql`(listing = 'trashed') = (trashed_at is not null)`),
    check('media_trashed_by', sql`trashed_by is null or listing = 'trashed'`),
    check('media_quota_bytes', sql`quota_bytes >= 0`),
    check('media_state', sql.raw(`state in (${quote(storedStates)})`)),
    check(
      'media_ready_is_complete',
      sql`state <> 'ready' or (published_at is not null and generation is not null and type is not null and kind is not null)`,
    ),
    check('media_like_count', sql`like_count >= 0`),
  ],
)

type TimedDetails = NonNullable<ReadyOutcome['timed']>

export const likes = pgTable(
  'likes',
  {
    userId: idColumn('user', 'user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    mediaId: idColumn('media', 'media_id')
      .notNull()
      .references(() => media.id, { onDelete: 'cascade' }),
    createdAt: momentColumn('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.mediaId] }),
    // Deleting an item must find its likes without reading everyone's.
    index('likes_media_id').on(table.mediaId),
  ],
)
