// Prevention: which public items wait for a review, what pictures look like, and which content may not come back.
import { sql } from 'drizzle-orm'
import { customType, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import type { ReviewTier } from '@shoebox/shared/safety/review-tiers.ts'
import { idColumn, momentColumn } from './columns.ts'
import { media } from './media.ts'

/** What administrators set for the whole site. A setting that was never set has no row. */
export const siteSettings = pgTable('site_settings', {
  name: text('name').$type<'review_tiers'>().primaryKey(),
  value: jsonb('value').$type<readonly ReviewTier[]>().notNull(),
  changedBy: idColumn('user', 'changed_by').notNull(),
  changedAt: momentColumn('changed_at').notNull(),
})

/** The hashes of every window of a picture, one after the other; see fingerprint.ts. */
const fingerprintColumn = (name: string) =>
  customType<{ data: string; driverData: string }>({ dataType: () => 'bit varying(4096)' })(name)

/**
 * What ready pictures look like, so that one that is removed can be known again. Apart from `media`, whose rows are
 * written anew with every like.
 */
export const fingerprints = pgTable('fingerprints', {
  mediaId: idColumn('media', 'media_id')
    .primaryKey()
    .references(() => media.id, { onDelete: 'cascade' }),
  hashes: fingerprintColumn('hashes').notNull(),
})

/** Content that moderators removed and that may not come back. No foreign keys: item, owner and moderator may be gone. */
export const knownBad = pgTable(
  'known_bad',
  {
    /** The item that was removed. */
    mediaId: idColumn('media', 'media_id').primaryKey(),
    kind: text('kind').$type<MediaKind>().notNull(),
    /** As S3 reports it, of the whole or composite. Null: S3 had none. */
    sha256: text('sha256'),
    /** Null: it has no picture, or one without detail. */
    hashes: fingerprintColumn('hashes'),
    /** Short keys of those hashes, by which likely matches are found; see fingerprint.ts. */
    keys: integer('keys').array().notNull(),
    /** A blur by which moderators tell it from others; all that is kept of how it looked. */
    thumbhash: text('thumbhash'),
    addedBy: idColumn('user', 'added_by').notNull(),
    addedAt: momentColumn('added_at').notNull(),
    liftedBy: idColumn('user', 'lifted_by'),
    liftedAt: momentColumn('lifted_at'),
  },
  (table) => [
    index('known_bad_sha256')
      .on(table.sha256)
      .where(sql`lifted_at is null`),
    // What is added must be found by the next upload, so nothing waits in a pending list.
    index('known_bad_keys')
      .using('gin', table.keys)
      .with({ fastupdate: false })
      .where(sql`lifted_at is null`),
    index('known_bad_list')
      .on(table.addedAt.desc().nullsFirst(), table.mediaId.desc().nullsFirst())
      .where(sql`lifted_at is null`),
  ],
)
