// What people are told of, and how much of it whom.

/**
 * `items_added` goes to the other members of a group, `join_requested` to its admins, everything else to whom it is
 * about: their request was `accepted`, they were `removed`, got another role, or something of theirs was commented on,
 * liked or taken out of the gallery.
 */
export const noticeKinds = [
  'items_added',
  'join_requested',
  'accepted',
  'removed',
  'role_changed',
  'commented',
  'liked',
  'item_removed',
  'report_upheld',
  'report_dismissed',
  'item_quarantined',
  'item_restored',
  'item_taken_down',
  'comment_taken_down',
  'warned',
  'item_approved',
  'item_refused',
] as const

export type NoticeKind = (typeof noticeKinds)[number]

/** What is not told to members who want highlights alone. */
export const plainKinds = ['items_added', 'liked'] as const satisfies readonly NoticeKind[]

/**
 * What somebody does among others: not told to people apart from them. Everything else is how a group or the site is
 * run, and reaches whom it is about whoever blocked whom.
 */
export const socialKinds = ['items_added', 'commented', 'liked'] as const satisfies readonly NoticeKind[]

/**
 * What the site tells somebody of their own reports, items and comments, whoever judged them: they stand as its actor
 * themselves, and it has no group.
 */
export const siteKinds = [
  'report_upheld',
  'report_dismissed',
  'item_quarantined',
  'item_restored',
  'item_taken_down',
  'comment_taken_down',
  'warned',
  'item_approved',
  'item_refused',
] as const satisfies readonly NoticeKind[]

export const isSiteKind = (kind: NoticeKind): boolean => siteKinds.some((one) => one === kind)

/** A notification grows until nothing more came for so long, */
export const quietMinutes = 5
/** or since it began: a stream that never pauses is told as well. */
export const growingMinutesMax = 30

/** How long a notification is kept. */
export const notificationDays = 90
