// What several screens say, and none that is drawn first, in English.
import { en } from './en.ts'

export const enScreens = {
  theme: { label: 'Theme', light: 'Light', dark: 'Dark', system: 'System' },
  kinds: { image: 'Photo', video: 'Video', audio: 'Audio' },
  account: { signIn: 'Sign in', youTitle: 'You', working: 'One moment…', show: 'Show password', hide: 'Hide password' },
  viewer: { loading: 'Loading' },
  notHere: { title: 'Nothing here', text: 'There is nothing at this address.', toFeed: 'Go to the feed' },
  notifications: { title: 'Notifications' },
  history: { title: 'My uploads', lead: 'What you added and what became of it.' },
  feed: {
    density: 'Photos side by side',
    more: 'Show more',
    moreFailed: 'The next photos did not load.',
    end: 'That is everything.',
    toTop: 'Back to top',
    refreshing: 'Looking for new photos',
  },
  /** Of an item in a list; total -1: nobody knows yet. */
  place: (name: string, position: number, total: number) =>
    total < 0 ? `${name}, ${position}` : `${name}, ${position.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  units: {
    exactSize: (bytes: number) => `${bytes.toLocaleString('en')} bytes`,
    speed: (bytesPerSecond: number): string => `${en.units.size(bytesPerSecond)}/s`,
    timeLeft: (seconds: number) =>
      seconds < 60
        ? `${Math.max(1, Math.round(seconds))} s`
        : seconds < 3600
          ? `${Math.round(seconds / 60)} min`
          : `${Math.round(seconds / 3600)} h`,
    ago: (seconds: number) => {
      if (seconds < 60) return 'just now'
      const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
      if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute')
      if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), 'hour')
      return relative.format(-Math.floor(seconds / 86_400), 'day')
    },
    /** A wall-clock time as the camera said it, without moving it into the reader's zone. */
    wallClock: (local: string) =>
      new Date(`${local}Z`).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
  },
}
