// The words of groups' galleries, in English. Apart from the rest, because they are fetched with them.
const numbers = new Intl.NumberFormat('en')
const photos = (count: number): string => `${numbers.format(count)} ${count === 1 ? 'item' : 'items'}`
const month = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const shortMonth = new Intl.DateTimeFormat('en', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const named: Record<string, string> = { today: 'Today', week: 'This week', month: 'This month', year: 'This year' }
const monthOf = (section: string): Date => new Date(`${section}-01T00:00:00Z`)

export const enGallery = {
  list: 'Photos, newest first',
  section: (section: string): string => named[section] ?? month.format(monthOf(section)),
  /** The same in little room. */
  mark: (section: string): string => named[section] ?? shortMonth.format(monthOf(section)),
  count: photos,
  choose: (name: string) => `Select ${name}`,
  chooseSection: (name: string) => `Select all of ${name}`,
  /** `total`: of how many, while not all are known. */
  chosen: (count: number, total: number | null = null) =>
    total === null
      ? `${numbers.format(count)} selected`
      : `${numbers.format(count)} of ${numbers.format(total)} selected`,
  clear: 'Clear selection',
  chooseAll: 'Select all',
  chooseRest: 'Select the rest',
  notAllChosen: (count: number, why: string) => `Only ${numbers.format(count)} could be selected. ${why}`,
  working: (count: number, total: number) => `${numbers.format(count)} of ${numbers.format(total)} done`,
  stop: 'Stop',
  leftOver: (count: number, why: string) => `${photos(count)} left as before. ${why}`,
  trash: 'Move to trash',
  hide: 'Hide for me',
  move: 'Move',
  download: 'Download',
  play: 'Slideshow',
  trashed: (count: number) => `${photos(count)} moved to the trash.`,
  hidden: (count: number) => `${photos(count)} hidden for you.`,
  moved: (count: number, to: string) => `${photos(count)} moved to ${to}.`,
  notYours: (count: number) => `${photos(count)} could not be changed: only their owner or an admin may.`,
  undo: 'Undo',
  notSaved: (count: number) => `${photos(count)} could not be downloaded.`,
  moveTitle: (count: number) => `Move ${photos(count)}`,
  moveWhat: (count: number, total: number) =>
    count === total
      ? 'Only what you added yourself can be moved.'
      : `${numbers.format(count)} of the ${numbers.format(total)} selected: only what you added yourself can be moved.`,
  movePublic: 'Everyone can see it, without an account.',
  moveNone: 'Only what you added yourself can be moved, and nothing selected is yours.',
  moveWords: 'Captions and descriptions go along',
  moveWordsLost: 'Otherwise they are deleted, and undoing the move does not bring them back.',
  goTo: 'Go to',
  goToTitle: 'Go to a month',
  month: 'Month',
  shortcuts: {
    select: 'Select',
    selectMore: 'Select up to here',
    selectAll: 'Select everything',
    play: 'Slideshow of what is selected',
    trash: 'Move to trash',
    download: 'Download',
    section: 'Next section (with Shift: former)',
    day: 'Next day',
    year: 'Next year',
    date: 'Go to a month',
    comments: 'Comments, in an opened item',
    clear: 'Clear selection, close',
  },
  restored: (count: number) => `${photos(count)} back in place.`,
  notRestored: (count: number, why: string) => `${photos(count)} not back in place. ${why}`,
}
