// What moderators read of people, bans, warnings and appeals, in English. Loaded with those parts of the desk.
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import type { AppealOutcome, BannedItemsChoice } from '@shoebox/shared/safety/bans.ts'

const numbers = new Intl.NumberFormat('en')
const plural = (count: number, one: string, many: string): string =>
  `${numbers.format(count)} ${count === 1 ? one : many}`
const day = (moment: string): string =>
  new Date(moment).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })

const roles: Record<SiteRole, string> = { member: 'Member', moderator: 'Moderator', administrator: 'Administrator' }
const items: Record<BannedItemsChoice, { name: string; means: string }> = {
  keep: { name: 'Items stay', means: 'What they posted can be seen as before.' },
  withdraw: { name: 'Items go out of sight', means: 'Nobody sees them until the ban is over. Nothing is deleted.' },
}
const outcomes: Record<AppealOutcome, string> = { granted: 'Granted', denied: 'Denied' }

export const enBans = {
  searchLabel: 'Address or id of an account',
  search: 'Find',
  searchWrong: 'Enter a whole address, or an id that begins with usr_.',
  notFoundTitle: 'No such account',
  notFound: 'Nobody has this address or id. The account may be gone.',
  bannedTitle: 'Banned now',
  emptyTitle: 'Nobody is banned',
  empty: 'Whoever is banned is listed here, with reason and end.',
  failedTitle: 'This did not load',
  open: (name: string) => `Open ${name}`,
  accountGone: 'Account deleted',
  id: 'Id',
  since: (moment: string) => `Here since ${day(moment)}`,
  counts: (itemCount: number, groupCount: number) =>
    `${plural(itemCount, 'item', 'items')} · ${plural(groupCount, 'group', 'groups')}`,
  cases: (count: number, upheld: number) =>
    count === 0 ? 'Never reported' : `Reported ${plural(count, 'time', 'times')}, ${numbers.format(upheld)} upheld`,
  page: 'Public page',
  role: 'Role on the site',
  roles,
  roleSet: (role: SiteRole) => `Their role is ${roles[role].toLowerCase()} now.`,
  notBannable: 'You cannot ban or warn this account.',
  ban: 'Ban',
  warn: 'Warn',
  lift: 'Lift the ban',
  lifted: 'The ban is lifted. They are told by mail.',
  inForce: 'Banned',
  over: 'Was banned',
  until: (moment: string | null) => (moment === null ? 'Without end' : `Until ${day(moment)}`),
  by: (name: string | null, moment: string) => (name === null ? `On ${day(moment)}` : `By ${name}, on ${day(moment)}`),
  liftedOn: (moment: string) => `Lifted on ${day(moment)}`,
  itemsOf: { keep: 'Items stayed', withdraw: 'Items out of sight' } satisfies Record<BannedItemsChoice, string>,
  historyTitle: 'What was done before',
  noHistory: 'Nothing yet.',
  warned: 'Warned',
  read: 'read',
  unread: 'not read yet',

  banTitle: (name: string) => `Ban ${name}?`,
  banWhat: 'They are signed out everywhere and mailed the reason. Groups they own go to whoever is next in line.',
  reason: 'Reason',
  reasonHint: 'They read this. Say what they did, and leave others’ names out.',
  left: (count: number) => `${numbers.format(count)} characters left`,
  tooLong: (count: number) => `${numbers.format(count)} characters too many`,
  lasts: 'How long',
  days: (count: number | null) => (count === null ? 'Without end' : plural(count, 'day', 'days')),
  itemsLegend: 'Their items',
  items,
  banned: (name: string) => `${name} is banned.`,
  warnTitle: (name: string) => `Warn ${name}?`,
  warnWhat: 'They read this at their next visit, before anything else.',
  warnedNow: (name: string) => `${name} will read your warning.`,

  appealsShown: 'Appeals shown',
  waiting: 'Waiting',
  answered: 'Answered',
  noAppealsTitle: 'No appeal waits',
  noAppeals: 'When somebody says that a decision was wrong, it is answered here.',
  noAnsweredTitle: 'Nothing is answered yet',
  noAnswered: 'Appeals that were answered are kept here.',
  someone: 'A deleted account',
  againstBan: (name: string) => `${name}, against a ban`,
  againstItem: (name: string) => `${name}, for an item`,
  theBan: 'The ban',
  theCase: 'Open its report',
  noCase: 'There is no report about it.',
  isForOthers: 'This was your own decision, or is your own appeal: somebody else answers it.',
  answer: 'Your answer',
  answerHint: 'They read this.',
  grant: 'Grant',
  deny: 'Deny',
  outcomes,
  decided: { granted: 'Granted. They are told by mail.', denied: 'Denied. They are told by mail.' } satisfies Record<
    AppealOutcome,
    string
  >,
}
