// What somebody was told, as one sentence in English: in their list, in what wakes their phone, and in their mail.
import type { Role } from '../groups/roles.ts'
import type { NoticeKind } from './kinds.ts'

/** Who did it, how often, where (null: the public feed), and what the reader is in that group by now. */
export type Told = {
  readonly actor: string
  readonly count: number
  readonly group: string | null
  readonly role: Role | null
}

const numbers = new Intl.NumberFormat('en')
const plural = (count: number, one: string, many: string): string => (count === 1 ? one : many)
const some = (count: number, one: string, many: string): string =>
  plural(count, one, `${numbers.format(count)} ${many}`)
const roles: Record<Role, string> = {
  viewer: 'a viewer',
  contributor: 'a contributor',
  admin: 'an admin',
  owner: 'the owner',
}
const place = ({ group }: Told): string => (group === null ? '' : ` in ${group}`)
const ofYours = (count: number): string =>
  plural(count, 'An item of yours was', `${numbers.format(count)} items of yours were`)

export const noticeSentences: Record<NoticeKind, (told: Told) => string> = {
  items_added: (told) => `${told.actor} added ${some(told.count, 'an item', 'items')} to ${told.group ?? ''}`,
  join_requested: (told) => `${told.actor} asks to join ${told.group ?? ''}`,
  accepted: (told) => `${told.actor} let you into ${told.group ?? ''}`,
  removed: (told) => `${told.actor} removed you from ${told.group ?? ''}`,
  role_changed: (told) =>
    told.role === null
      ? `${told.actor} changed your role in ${told.group ?? ''}`
      : `${told.actor} changed your role: you are ${roles[told.role]} of ${told.group ?? ''}`,
  commented: (told) =>
    `${told.actor} ${plural(told.count, 'commented', `wrote ${numbers.format(told.count)} comments`)} on ${plural(told.count, 'an item', 'items')} of yours${place(told)}`,
  liked: (told) => `${told.actor} liked ${some(told.count, 'an item', 'items')} of yours${place(told)}`,
  item_removed: (told) =>
    `${told.actor} took ${some(told.count, 'an item', 'items')} of yours out of ${told.group ?? ''}`,
  report_upheld: ({ count }) =>
    `Thank you: we looked at ${some(count, 'what you reported', 'things that you reported')} and did something about it`,
  report_dismissed: ({ count }) =>
    `We looked at ${some(count, 'what you reported', 'things that you reported')} and found nothing against the rules`,
  item_quarantined: ({ count }) =>
    `${ofYours(count)} put aside while we look at a report. Nobody else sees that meanwhile`,
  item_restored: ({ count }) => `${ofYours(count)} put back: we found nothing against the rules`,
  item_taken_down: ({ count }) => `${ofYours(count)} removed for being against the rules. You can appeal`,
  comment_taken_down: ({ count }) =>
    `${plural(count, 'A comment of yours was', `${numbers.format(count)} comments of yours were`)} removed for being against the rules`,
  warned: () => 'You were warned by our moderators',
  item_approved: ({ count }) => `${ofYours(count)} looked at and can be seen now`,
  item_refused: ({ count }) => `${ofYours(count)} looked at and not published: against the rules`,
}

/** Where names may not be shown. */
export const namelessSentence = 'There is something new for you'

/** After a sentence: what else waits in the same place. */
export const andMore = (count: number): string => (count === 0 ? '' : `, and ${numbers.format(count)} more`)
