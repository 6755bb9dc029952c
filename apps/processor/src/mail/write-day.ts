/** A moment as mails say it: 15 June 2026 at 12:00, in UTC. */
export const writeDay = (moment: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(moment))
