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
] as const

export type NoticeKind = (typeof noticeKinds)[number]

/** What is not told to members who want highlights alone. */
export const plainKinds = ['items_added', 'liked'] as const satisfies readonly NoticeKind[]

/** A notification grows until nothing more came for so long, */
export const quietMinutes = 5
/** or since it began: a stream that never pauses is told as well. */
export const growingMinutesMax = 30

/** How long a notification is kept. */
export const notificationDays = 90
