import type { Outputs } from '../api/client.ts'

export type NotificationSettings = Outputs['notifications']['settings']

/** What the sections of the settings are given. */
export type SectionProps = {
  settings: NotificationSettings
  /** Does it, says so, and reads the settings again. */
  change: (work: () => Promise<unknown>, done?: string) => Promise<void>
}
