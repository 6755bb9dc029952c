// What reviews before publication say, on the desk and to whoever waits for one. Loaded with them.
import type { HeldReason } from '@shoebox/shared/safety/review-tiers.ts'

const numbers = new Intl.NumberFormat('en')
const plural = (count: number, one: string, many: string): string =>
  `${numbers.format(count)} ${count === 1 ? one : many}`

const day = (moment: string): string => new Date(moment).toLocaleDateString('en', { dateStyle: 'medium' })

const reasons: Record<HeldReason, string> = { first_posts: 'New account', alike: 'Looks like something removed' }

export const enReview = {
  failedTitle: 'What waits did not load',
  emptyTitle: 'Nothing waits for a review',
  empty: 'First posts of new accounts and what looks like something removed come up here.',
  heldTitle: 'Waiting for a review',
  heldLead: 'Nobody but the owner sees these yet.',
  item: (name: string) => `Item of ${name}`,
  avatarOf: (name: string) => `Picture of ${name}`,
  coverOf: (name: string) => `Cover by ${name}`,
  reasons,
  alikeTo: (moment: string) => `Looks like something removed on ${day(moment)}`,
  inPublic: 'For everybody',
  inGroup: (name: string) => `For ${name}`,
  accountSince: (moment: string) => `account since ${day(moment)}`,
  added: (ago: string) => `added ${ago}`,
  altText: 'Description',
  isOwn: 'This is yours: somebody else decides.',
  noPicture: 'There is no picture of it.',
  choose: (what: string) => `Select: ${what}`,
  chosen: (count: number) => `${plural(count, 'item', 'items')} selected`,
  chooseAll: 'Select all',
  clear: 'Clear',
  approve: 'Approve',
  refuse: 'Refuse…',
  approved: (count: number) => `${plural(count, 'item', 'items')} approved. Their owners are told.`,
  refused: (count: number) => `${plural(count, 'item', 'items')} refused and deleted. Their owners are told.`,
  decidedBefore: 'Somebody else has decided already.',
  refuseTitle: (count: number) => (count === 1 ? 'Refuse this?' : `Refuse these ${numbers.format(count)}?`),
  refuseWhat: 'It is deleted and cannot be brought back. Its owner is told.',
  keepOut: 'Keep it from coming back',
  keepOutMeans: 'The same file is refused from now on, and what looks like it waits for a review, in groups too.',
  refuseNow: 'Refuse and delete',

  tiersTitle: 'Whose posts wait',
  noTiers: 'Nothing waits: what people post in public is seen at once.',
  tier: (days: number | null, posts: number) =>
    days === null
      ? `Accounts of any age: until ${plural(posts, 'post is', 'posts are')} public.`
      : `Accounts younger than ${plural(days, 'day', 'days')}: until ${plural(posts, 'post is', 'posts are')} public.`,
  tiersHint: 'Holds for what is added from now on. Posts of moderators never wait.',
  edit: 'Change',
  tiersFailed: 'Whose posts wait did not load',
  daysLabel: 'Accounts younger than, in days',
  daysHint: 'Empty: accounts of any age',
  postsLabel: 'Until so many of their posts are public',
  tierLabel: (nth: number) => `Rule ${numbers.format(nth)}`,
  addTier: 'Add a rule',
  removeTier: (nth: number) => `Remove rule ${numbers.format(nth)}`,
  badDays: (most: number) => `A whole number from 1 to ${numbers.format(most)}, or nothing.`,
  badPosts: (most: number) => `A whole number from 1 to ${numbers.format(most)}.`,
  sameDays: 'Two rules have the same age.',
  save: 'Save',
  cancel: 'Cancel',
  saved: 'Saved. It holds for what is added from now on.',

  knownTitle: 'Kept out',
  knownLead: 'Removed, and not to come back: the same files are refused, what looks like them waits for a review.',
  knownEmpty: 'Nothing is kept out yet.',
  knownFailed: 'What is kept out did not load',
  kinds: { image: 'Photo', video: 'Video', audio: 'Audio' },
  byLooks: 'known by file and by looks',
  byFile: 'known by its file alone',
  keptBy: (name: string | null, moment: string) => (name === null ? day(moment) : `by ${name}, ${day(moment)}`),
  lift: 'Let it come back',
  lifted: 'It may be added again.',

  ownTitle: (count: number) => `Waiting for a review: ${numbers.format(count)}`,
  ownLead: 'Only you see these until a moderator has looked at them. You are told then.',
  openOwn: (nth: number) => `Open item ${numbers.format(nth)} that waits for a review`,
}
