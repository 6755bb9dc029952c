/** Whether `YYYY-MM-DDTHH:MM:SS` is a moment that a calendar has, in the years 1 to 9999: Postgres takes no 31 February. */
export function isWallClock(text: string): boolean {
  const momentMs = Date.parse(`${text}Z`)
  // Date.parse takes the 31st of any month, and hour 24, for the day after.
  return !Number.isNaN(momentMs) && new Date(momentMs).toISOString() === `${text}.000Z` && !text.startsWith('0000')
}
