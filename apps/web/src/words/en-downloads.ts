// The words of bulk downloads in English, loaded with their panel.
import type { FailureReason } from '../downloads/download-part.ts'
import type { ShownState } from '../downloads/downloads.ts'

const format = (count: number): string => new Intl.NumberFormat('en').format(count)
const files = (count: number): string => `${format(count)} ${count === 1 ? 'file' : 'files'}`

const states: Record<ShownState, string> = {
  waiting: 'Waiting',
  starting: 'Starting',
  running: 'Saving',
  paused: 'Paused',
  done: 'Saved',
  broken: 'Broke off',
  not_started: 'Not started',
}

const reasons: Record<FailureReason, string> = {
  gone: 'It was removed, or you lost access to it.',
  no_copy: 'There is no copy of it that you may download.',
  unreadable: 'The connection kept breaking off.',
  changed: 'It changed while it was downloaded.',
  checksum: 'Its bytes are not what was uploaded.',
}

export const enDownloads = {
  panel: 'Downloads',
  states,
  reasons,
  preparing: (title: string) => `Preparing “${title}”`,
  found: (count: number) => (count === 0 ? 'Looking through it…' : `${files(count)} so far…`),
  part: (number: number) => `Part ${format(number)}`,
  partFiles: (count: number, size: string) => `${files(count)} · about ${size}`,
  percent: (percent: number) => `${percent} %`,
  of: (saved: string, all: string) => `${saved} of ${all}`,
  left: (time: string) => `${time} left`,
  parts: (done: number, all: number) => `${format(done)} of ${format(all)} parts saved`,
  stay: 'Keep this page open until everything is saved.',
  offline: 'No connection. It goes on by itself.',
  brokenWhat: 'Only this part starts again. The unfinished file in your downloads can be deleted.',
  notStartedWhat: 'Your browser did not begin. It may have asked whether this page may save several files.',
  missing: (count: number) => (count === 1 ? '1 file is missing' : `${format(count)} files are missing`),
  missingList: (part: string) => `What is missing in ${part}`,
  inZip: (size: string) => `The zip has its first ${size}.`,
  retryMissing: 'Try again',
  start: (part: string) => `Save ${part}`,
  startShort: 'Save',
  again: (part: string) => `Start ${part} again`,
  againShort: 'Start again',
  pause: (part: string) => `Pause ${part}`,
  resume: (part: string) => `Go on with ${part}`,
  cancel: (title: string) => `Cancel the download of ${title}`,
  clear: (title: string) => `Remove ${title} from the list`,
  stopPreparing: 'Cancel preparing',
  expand: 'Show downloads',
  collapse: 'Collapse downloads',
  allSaved: 'Everything is saved',
  savedWithMissing: (count: number) => `Saved, but ${format(count)} missing`,
  waitingForYou: 'Not finished',
  announceDone: (title: string) => `${title} is saved.`,
  empty: 'There is nothing here that you may download.',
  tooLarge: (size: string) =>
    `This window can save up to ${size} at once. Choose fewer items, or open Shoebox in a normal window.`,
  dataName: 'your-data.json',
}
