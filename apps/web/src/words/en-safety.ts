// The words of keeping people away, in English. Apart from the rest, because they are fetched with their screens.

const day = (moment: string): string => new Date(moment).toLocaleDateString('en', { dateStyle: 'medium' })

export const enSafety = {
  more: (name: string) => `What you can do about ${name}`,
  block: 'Block',
  unblock: 'Unblock',
  unblockOne: (name: string) => `Unblock ${name}`,
  undo: 'Undo',
  blockTitle: (name: string) => `Block ${name}?`,
  blockWhat: [
    'Neither of you sees what the other adds or says, in the feed or in groups that you share, nor is told of it.',
    'It begins at once; what one of you has open on a screen closes within 15 minutes.',
    'They are not told. Whoever looks after a group still sees all of its members.',
    'You can take it back at any time: then everything is where it was.',
  ],
  blocked: (name: string) => `${name} is blocked.`,
  unblocked: (name: string) => `${name} is not blocked any more.`,
  blockedTag: 'Blocked',
  blockedTitle: 'Blocked people',
  blockedLead: 'You and they do not see each other. They are not told.',
  since: (moment: string) => `Since ${day(moment)}`,
  noneTitle: 'Nobody is blocked',
  none: 'Block somebody from their page, beside a comment, or among the people of a group.',
}
