// What the desk of moderators and administrators says. Loaded with it.
import type { BreakGlassReason, CaseState, Decision, SubjectKind } from '@shoebox/shared/safety/reasons.ts'

const numbers = new Intl.NumberFormat('en')
const plural = (count: number, one: string, many: string): string =>
  `${numbers.format(count)} ${count === 1 ? one : many}`

const kinds: Record<SubjectKind, string> = { item: 'Item', comment: 'Comment', person: 'Person' }
const kindsOf: Record<SubjectKind, (name: string) => string> = {
  item: (name) => `Item of ${name}`,
  comment: (name) => `Comment of ${name}`,
  person: (name) => name,
}
const states: Record<CaseState, string> = {
  open: 'Waiting',
  quarantined: 'Put aside',
  dismissed: 'Dismissed',
  restored: 'Put back',
  removed: 'Removed',
  warned: 'Warned',
  banned: 'Banned',
}
const decisions: Record<Decision, string> = {
  dismiss: 'Dismiss',
  quarantine: 'Put aside',
  restore: 'Put back',
  remove: 'Remove',
}
const done: Record<Decision, (count: number) => string> = {
  dismiss: (count) => `${plural(count, 'case', 'cases')} dismissed.`,
  quarantine: (count) => `${plural(count, 'item', 'items')} put aside, out of sight.`,
  restore: (count) => `${plural(count, 'item', 'items')} put back.`,
  remove: (count) =>
    `${count === 1 ? 'Removed' : `${numbers.format(count)} removed`}. It goes everywhere within minutes.`,
}
const glassReasons: Record<BreakGlassReason, string> = {
  danger_to_life: 'Somebody may be in danger',
  legal_order: 'An order of a court or authority',
  owner_asked: 'Its owner asked for help',
  technical_fault: 'A fault that cannot be found otherwise',
}

export const enDesk = {
  title: 'Desk',
  loading: 'Opening the desk…',
  failedTitle: 'The desk did not open',
  stepUpTitle: 'Enter a code first',
  tabsLabel: 'Parts of the desk',
  tabs: { reports: 'Reports', held: 'Held', people: 'People', appeals: 'Appeals', audit: 'Audit', system: 'System' },

  states,
  decisions,
  done,
  alreadyDecided: (count: number) =>
    count === 1
      ? 'Somebody else has decided this already.'
      : `Somebody else has decided ${numbers.format(count)} of them already.`,
  notPossible: (count: number) =>
    count === 1 ? 'That is not possible for this case.' : `That was not possible for ${numbers.format(count)} of them.`,
  gone: 'This case is not for you to decide.',
  queueLabel: 'Cases',
  waiting: 'Waiting',
  decided: 'Decided',
  kindLabel: 'What it is about',
  kinds: { ...kinds, all: 'Everything' },
  placeLabel: 'Where it is',
  places: { all: 'Everywhere', feed: 'In public', groups: 'In groups' },
  kindsOf,
  somebody: 'somebody',
  inPublic: 'in public',
  inGroup: (name: string | null) => (name === null ? 'in a group' : `in ${name}`),
  reports: (count: number) => plural(count, 'report', 'reports'),
  reportedAgo: (reportCount: number, ago: string) => (reportCount === 1 ? ago : `first ${ago}`),
  decidedBy: (name: string | null, ago: string) => (name === null ? ago : `${name}, ${ago}`),
  choose: (what: string) => `Select: ${what}`,
  chosen: (count: number) => `${plural(count, 'case', 'cases')} selected`,
  clear: 'Clear',
  emptyTitle: 'Nothing waits',
  empty: 'Whatever is reported comes up here.',
  emptyDecidedTitle: 'Nothing decided',
  emptyDecided: 'What was decided stays here.',
  nothingSoTitle: 'Nothing like that',
  nothingSo: 'There is no case that fits what you filter by.',
  listFailedTitle: 'The cases did not load',
  pick: 'Choose a case to see what was reported.',
  back: 'All cases',

  caseFailedTitle: 'This case did not load',
  copying: 'Being copied. What was shown comes up here within two minutes.',
  noEvidence: 'There is nothing of it to see.',
  forgotten: 'A year has passed since the decision: what it looked like was forgotten.',
  evidenceOf: (what: string) => `As it was reported: ${what}`,
  altText: 'Description',
  isOwn: 'This is about you: somebody else decides.',
  accountGone: 'the account is gone',
  toPage: 'Public page',
  toPerson: (name: string) => `All about ${name}`,
  reportsTitle: 'Reports',
  historyTitle: (name: string) => `${name} before`,
  noHistory: 'Nothing was reported or decided before.',
  sameSubject: 'the same',
  warned: 'Warned',
  banned: 'Banned',
  bannedUntil: (day: string) => `until ${day}`,
  lifted: 'lifted',
  noteLabel: 'Note for other moderators',
  noteHint: 'If you like. The person does not see it.',
  removeTitle: (count: number) => (count === 1 ? 'Remove this for good?' : `Remove ${numbers.format(count)} for good?`),
  removeWhat:
    'It is deleted everywhere within minutes and cannot be brought back. Its owner and whoever reported it are told. The evidence stays here for a year.',

  glass: {
    open: 'Look without a report…',
    title: 'Look at an item without a report',
    lead: 'Only in an emergency. Who looked, at what and why stands in the audit log for ever.',
    item: 'Address or id of the item',
    itemHint: 'It begins with med_',
    notAnItem: 'There is no id of an item in this.',
    why: 'Why?',
    reasons: glassReasons,
    look: 'Write it down and look',
    shown: 'What is shown here can be seen for five minutes.',
  },

  shortcuts: {
    label: 'Keys',
    next: 'Next case',
    previous: 'Case before',
    open: 'Open',
    select: 'Select',
    dismiss: 'Dismiss',
    quarantine: 'Put aside',
    restore: 'Put back',
    remove: 'Remove',
    close: 'Back to all cases',
  },
}
