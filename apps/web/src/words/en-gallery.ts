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
  chosen: (count: number) => `${numbers.format(count)} selected`,
  /** The same in little room. */
  chosenShort: (count: number) => numbers.format(count),
  clear: 'Clear selection',
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
  moveWhat: 'Only what you added yourself can be moved.',
  movePublic: 'Everyone can see it, without an account.',
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
}
