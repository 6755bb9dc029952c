// How the system is: the page for everybody, and the desk's tab for administrators. Loaded with them.
import type { PartState, PublicPart } from '@shoebox/shared/operations/judge-parts.ts'
import type { TroubleCode } from '@shoebox/shared/operations/judge-system.ts'

const numbers = new Intl.NumberFormat('en')
const plural = (count: number, one: string, many: string): string =>
  `${numbers.format(count)} ${count === 1 ? one : many}`

/** `9 s`, `12 min`, `5 h`, `3 d`. */
const span = (seconds: number): string =>
  seconds < 120
    ? `${Math.round(seconds)} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : seconds < 172_800
        ? `${Math.round(seconds / 3600)} h`
        : `${Math.round(seconds / 86_400)} d`

const troubles: Readonly<Record<TroubleCode, (part: string, count: number) => string>> = {
  schema_behind: () => 'The database is behind the code. A deployment brings it forward.',
  schema_ahead: () => 'The database is ahead of the code, as it is while a deployment is under way.',
  queue_slow: (part, seconds) => `The oldest message of “${part}” has waited for ${span(seconds)}.`,
  dead_letters: (part, count) =>
    `${plural(count, 'message', 'messages')} of “${part}” failed every time. “npm run queues” says why.`,
  uploads_stuck: (_, count) => `${plural(count, 'upload is', 'uploads are')} stuck, and were asked for again.`,
  uploads_given_up: (_, count) => `${plural(count, 'upload was', 'uploads were')} given up in 24 hours.`,
  files_undeleted: (_, count) => `${plural(count, 'deletion is', 'deletions are')} due for an hour and more.`,
  round_failed: (part) => `The last round of “${part}” failed. “npm run logs -- ${part}” says why.`,
  round_late: (part, seconds) => `“${part}” has not run for ${span(seconds)}.`,
}

export const enHealth = {
  title: 'Status',
  loading: 'Looking…',
  headline: {
    up: 'Everything works',
    slow: 'Shoebox works, some of it slowly',
    down: 'Some of Shoebox does not work',
    unknown: 'Not everything was looked at lately',
  } satisfies Record<PartState, string>,
  means: {
    up: 'What you send arrives, and what you open is there.',
    slow: 'What you send is safe and takes longer than usual to appear.',
    down: 'What you have sent is safe. We are told at once, and work on it.',
    unknown: 'That alone is no fault. Whatever you notice is the better sign.',
  } satisfies Record<PartState, string>,
  partsLabel: 'The parts of Shoebox',
  site: 'Website',
  parts: {
    pictures: 'Photos',
    films: 'Videos',
    sounds: 'Sounds',
    mail: 'Mail',
    upkeep: 'Upkeep',
  } satisfies Record<PublicPart, string>,
  states: { up: 'works', slow: 'slow', down: 'does not work', unknown: 'not known' } satisfies Record<
    PartState,
    string
  >,
  canary: (ago: string, isOk: boolean) =>
    isOk
      ? `A photo, a video and a sound of our own went the whole way ${ago}, and arrived.`
      : `A photo, a video and a sound of our own were sent ${ago}, and not all arrived.`,
  noCanary: 'No file of our own has been sent the whole way yet.',
  gone: 'Shoebox does not answer',
  goneMeans: 'Either you are offline, or we are. What you have sent before is safe.',
  retry: 'Look again',

  system: {
    seen: (ago: string) => `Seen ${ago}`,
    neverSeen: 'Nothing has been looked at yet. The first look comes within a minute of the start.',
    wellTitle: 'Nothing needs anybody',
    well: 'Every queue moves, every task ran when it should, and nothing is stuck.',
    troublesTitle: 'What needs somebody',
    troubles,
    queuesTitle: 'Queues',
    queue: 'Queue',
    waiting: 'Waiting',
    inFlight: 'Taken',
    oldest: 'Oldest',
    dead: 'Failed',
    none: '–',
    span,
    count: (count: number) => numbers.format(count),
    notAnswered: 'Not known: nobody has asked yet, or there was no answer.',
    uploadsTitle: 'Uploads',
    uploads: {
      reserved: 'Announced, not settled',
      stuck: 'Stuck',
      givenUp: 'Given up in 24 hours',
      undeleted: 'Deletions overdue',
    },
    storageTitle: 'Storage',
    storageKinds: { image: 'Photos', video: 'Videos', audio: 'Sounds' },
    stored: (items: number, size: string) => `${numbers.format(items)} · ${size}`,
    nothingStored: 'Nothing is stored yet.',
    counted: (ago: string) => `Originals, counted ${ago}.`,
    tasksTitle: 'Tasks',
    task: 'Task',
    last: 'Last round',
    every: (minutes: number) => (minutes === 1 ? 'every minute' : `every ${minutes} minutes`),
    took: (seconds: number) => `took ${seconds < 9.95 ? `${seconds.toFixed(1)} s` : span(seconds)}`,
    noTask: 'No task has run yet.',
    ok: 'well',
    failed: 'failed',
    late: 'late',
    taskMeans: {
      accounts: 'Exports, and accounts that end',
      audit: 'Verifies the audit log and anchors its end',
      canary: 'Sends files of our own the whole way',
      janitor: 'Frees what is stuck, tidies what is over',
      notify: 'Tells people what is new',
      observe: 'Looks at all this',
      purge: 'Deletes what must go',
      reconcile: 'Compares rows and files',
    } as Readonly<Record<string, string>>,
    canaryTitle: 'Canary',
    arrived: (seconds: number) => `arrived in ${seconds.toFixed(1)} s`,
    reconcilerTitle: 'Rows and files',
    compared: (rows: number, objects: number, ago: string) =>
      `${plural(rows, 'row', 'rows')} and ${plural(objects, 'file', 'files')} compared ${ago}.`,
    agree: 'They agree.',
    neverCompared: 'No comparison has ended yet.',
    findings: {
      original_missing: 'Originals that are missing',
      derivative_missing: 'Pictures to be made again',
      stray_item: 'Files of items that are gone',
      stray_generation: 'Older versions left behind',
      stray_arrival: 'Arrivals that nobody awaits',
      quota_drift: 'Quotas that do not add up',
    } as Readonly<Record<string, string>>,
    wasted: (dollars: number) => `$${dollars.toFixed(2)} a month`,
    mended: (count: number) => `${numbers.format(count)} being mended`,
  },
}
