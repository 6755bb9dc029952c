// The words of the page that takes what another app shares, in English.

const numbers = new Intl.NumberFormat('en')

export const enShare = {
  title: 'Shared with Shoebox',
  heading: (count: number) =>
    count === 1 ? 'Where does this file go?' : `Where do these ${numbers.format(count)} files go?`,
  lead: 'Another app shared them with Shoebox. Nothing is sent until you choose.',
  noneTitle: 'Nothing was shared',
  none: 'Share photos from another app to find them here.',
  missed: 'Nothing was added. The files are kept here: load this page again, then choose.',
  load: 'Load this page again',
  throwAway: 'Do not add them',
}
