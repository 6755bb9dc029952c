// Every word on the screen, in English. Another language is another file of the type `Words`.

const plural = (count: number, one: string, many: string): string => `${format(count)} ${count === 1 ? one : many}`
const numbers = new Intl.NumberFormat('en')
const format = (count: number): string => numbers.format(count)
const files = (count: number): string => plural(count, 'file', 'files')

export const en = {
  product: 'Shoebox',
  skipToContent: 'Skip to content',
  places: { label: 'Places', feed: 'Feed', groups: 'Groups', you: 'You', signIn: 'Sign in', uploadLong: 'Add photos' },
  fault: {
    title: 'That did not work',
    offline: 'You are offline. We will try again when you are back.',
    offlineFrom: (moment: string) => `You are offline. This is from ${moment}.`,
    ours: 'Something went wrong on our side. Try again in a moment.',
    retry: 'Try again',
    waitSeconds: (seconds: number) => `Try again in ${plural(seconds, 'second', 'seconds')}.`,
    outdated: {
      title: 'There is a new version',
      text: 'This screen needs it. It loads by itself when your uploads are done.',
      load: 'Load it now',
    },
  },
  close: 'Close',
  dismiss: 'Dismiss',
  feed: {
    title: 'Feed',
    welcome: 'One box for everyone’s photos.',
    welcomeMore: 'Look around. To add your own and like what you see, create a free account.',
    loading: 'Loading the feed',
    camera: 'Open the camera',
    list: 'Photos, newest first',
    emptyTitle: 'The box is still empty',
    empty: 'Be the first to add a photo.',
    failedTitle: 'The feed did not load',
    newItems: (count: number) => plural(count, 'new photo', 'new photos'),
    showNew: (count: number) => `Show ${plural(count, 'new photo', 'new photos')}`,
    arrived: (count: number) => `${plural(count, 'new photo', 'new photos')} at the top`,
    photoBy: (name: string) => `Photo by ${name}`,
    videoBy: (name: string) => `Video by ${name}`,
    audioBy: (name: string) => `Audio by ${name}`,
    across: (count: number) => `${count} side by side`,
    broken: 'This picture does not load right now.',
  },
  like: {
    like: 'Like',
    count: (count: number) => plural(count, 'like', 'likes'),
    failed: 'That like did not go through. Try again.',
    unlikeFailed: 'The like could not be taken back. Try again.',
    signIn: 'Sign in to like photos.',
  },
  /** The rest of it is in en-account.ts. */
  account: {
    signUp: 'Create account',
  },
  /** The rest of it is in en-upload.ts. */
  upload: {
    preparing: 'Preparing your files…',
    noPlace: 'Nothing was added: you can’t add to this group, or it is still loading.',
    announceDone: (ready: number, refused: number, failed: number) =>
      [
        `${files(ready)} added.`,
        refused > 0 ? `${files(refused)} refused.` : '',
        failed > 0 ? `${files(failed)} failed.` : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    announceStart: (count: number) => `Sending ${files(count)}.`,
    limit: (size: string) => `The largest size is ${size}.`,
    emptyFolder: 'There is nothing in that folder to add.',
    unreadableCount: (count: number) => `${files(count)} in that folder could not be read.`,
  },
  /** The rest of it is in en-notifications.ts. */
  notifications: { unread: (count: number) => `${format(count)} new` },
  /** The rest of it is in en-history.ts. */
  units: {
    size: (bytes: number) => {
      const steps = ['bytes', 'kB', 'MB', 'GB'] as const
      let value = bytes
      let step = 0
      while (value >= 1024 && step < 3) {
        value /= 1024
        step += 1
      }
      return `${value.toLocaleString('en', { maximumFractionDigits: step < 2 || value >= 10 ? 0 : 1 })} ${steps[step] ?? ''}`
    },
    /** `0:07`, `1:02`, `1:01:30`. */
    runningTime: (ms: number) => {
      const seconds = Math.max(1, Math.round(ms / 1000))
      const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
      const [first = 0, ...rest] = parts[0] === 0 ? parts.slice(1) : parts
      return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':')
    },
    moment: (date: Date) => date.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }),
  },
}
