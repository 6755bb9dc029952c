// What somebody reads who is banned, warned or appeals, in English. Loaded with those screens.
const numbers = new Intl.NumberFormat('en')
const day = (moment: string): string => new Date(moment).toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' })

export const enAppeal = {
  bannedTitle: 'This account is banned',
  bannedLead: 'A moderator has decided that you cannot use Shoebox for now. It was mailed to you as well.',
  bannedMail: 'Why, and until when, is in the mail that we sent to its address.',
  reason: 'Reason',
  ends: 'End',
  until: (moment: string | null) => (moment === null ? 'It has no end.' : day(moment)),
  appeal: 'Appeal',
  toFeed: 'Look at the feed',

  title: 'Appeal',
  lead: 'If you were banned and think that it was wrong, say so here. You need the address of your account, and no password.',
  checkLead: (email: string) => `We sent a mail to ${email}. If the address is banned, there is a code in it.`,
  otherAddress: 'Use another address',
  text: 'What should the moderator know?',
  textHint: 'Another moderator than the one who decided reads it, if there is one.',
  enterText: 'Write what the moderator should know.',
  left: (count: number) => `${numbers.format(count)} characters left`,
  tooLong: (count: number) => `${numbers.format(count)} characters too many`,
  send: 'Send the appeal',
  sentTitle: 'Your appeal is sent',
  sent: 'A moderator answers it by mail.',
  itemTitle: 'Appeal for your item',
  itemLead: 'A moderator put it out of sight. If you think that this was wrong, say why.',
  backToUploads: 'My uploads',

  warningTitle: 'A moderator wrote to you',
  warningLead: 'Something you did here is against the rules. Please read this before you go on.',
  warningRead: 'I have read it',
}
