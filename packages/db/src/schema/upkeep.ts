import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { idColumn, momentColumn, quote } from './columns.ts'

/** Why objects are not wanted any more. */
export const deletionReasons = ['superseded', 'given_up', 'purged', 'removed', 'account_deleted', 'stray'] as const
export type DeletionReason = (typeof deletionReasons)[number]

/**
 * The outbox of deletions: objects that must go from S3, written together with what makes them unwanted and worked off
 * by the purge. Outlives the row of media, so it has no foreign key.
 */
export const deletions = pgTable(
  'deletions',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    mediaId: idColumn('media', 'media_id').notNull(),
    /** Null: all of the item. */
    generation: text('generation'),
    /** What lies in the incoming bucket and goes as well; null where the janitor clears it with its row. */
    incomingKey: text('incoming_key'),
    /** A multipart upload that was open there: its parts are listed nowhere, and go with it. */
    multipartUploadId: text('multipart_upload_id'),
    reason: text('reason').$type<DeletionReason>().notNull(),
    /** Whether people may have been shown it, so that copies at the edge must go too. */
    wasShown: boolean('was_shown').notNull(),
    /** When it was last asked for. */
    createdAt: momentColumn('created_at').notNull(),
    /** How often it was asked for: one that is asked for again while it is worked on is not done. */
    asks: integer('asks').notNull().default(1),
    attempts: integer('attempts').notNull().default(0),
    nextTryAt: momentColumn('next_try_at').notNull(),
    /** When S3 listed nothing of it any more, and what was deleted until then. */
    goneAt: momentColumn('gone_at'),
    objects: integer('objects').notNull().default(0),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    /** What CloudFront calls the invalidation, and when it ended. */
    invalidationId: text('invalidation_id'),
    invalidatedAt: momentColumn('invalidated_at'),
    doneAt: momentColumn('done_at'),
  },
  (table) => [
    unique('deletions_media_generation').on(table.mediaId, table.generation).nullsNotDistinct(),
    index('deletions_due')
      .on(table.nextTryAt)
      .where(sql`done_at is null`),
    // What belonged to an account that is gone: its keys begin with its id.
    index('deletions_of_accounts')
      .on(table.incomingKey.op('text_pattern_ops'))
      .where(sql`reason = 'account_deleted'`),
    index('deletions_done')
      .on(table.doneAt)
      .where(sql`done_at is not null`),
    check('deletions_reason', sql.raw(`reason in (${quote(deletionReasons)})`)),
  ],
)

/** What a reconciliation has gone through: media by id, the incoming bucket by key, people's quota by id. */
export type ReconcileCursor = { readonly phase: 'media' | 'incoming' | 'quota'; readonly after: string | null }

export const findingKinds = [
  'original_missing',
  'derivative_missing',
  'stray_item',
  'stray_generation',
  'stray_arrival',
  'quota_drift',
] as const
export type FindingKind = (typeof findingKinds)[number]

export type Finding = {
  readonly kind: FindingKind
  /** The item's id, or the person's where it is about quota. */
  readonly subject: string
  readonly generation: string | null
  readonly objects: number
  readonly bytes: number
  readonly isRepaired: boolean
}

export type ReconcileReport = {
  readonly rows: number
  readonly objects: number
  readonly bytes: number
  readonly found: Readonly<Partial<Record<FindingKind, { count: number; bytes: number; repaired: number }>>>
  /** The first ones, for people to look at. */
  readonly samples: readonly Finding[]
}

/** Rows held against objects and ledgers. One that is not ended is taken up where it stands. */
export const reconciliations = pgTable(
  'reconciliations',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    beganAt: momentColumn('began_at').notNull(),
    /** Whether it mends all that can be mended of what it finds. */
    mends: boolean('mends').notNull(),
    /** Whether it has missing files made again and mends nothing else, within the limits of the clock. */
    remakesOnly: boolean('remakes_only').notNull().default(false),
    /** Steps done: whoever writes the next one must have read this number, so that two never go on side by side. */
    steps: integer('steps').notNull().default(0),
    cursor: jsonb('cursor').$type<ReconcileCursor>().notNull(),
    report: jsonb('report').$type<ReconcileReport>().notNull(),
    endedAt: momentColumn('ended_at'),
  },
  (table) => [index('reconciliations_began_at').on(table.beganAt)],
)

/** How often the clock had an item's missing files made again. Forgotten a month after the last time. */
export const remakes = pgTable('remakes', {
  mediaId: idColumn('media', 'media_id').primaryKey(),
  asks: integer('asks').notNull().default(1),
  askedAt: momentColumn('asked_at').notNull(),
})
