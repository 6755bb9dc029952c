// What a row of the table says: where a screen is, whose it is, what is done on it, and in which views it is looked at.
import type { Page } from 'playwright-core'
import type { PersonName } from './world/people.ts'
import type { World } from './world/world.ts'

export const allViews = ['phone-light', 'phone-dark', 'desktop-light', 'desktop-dark'] as const
export type View = (typeof allViews)[number]

export const sizeOf = (view: View) =>
  view.startsWith('phone') ? { width: 360, height: 740 } : { width: 1280, height: 800 }
export const themeOf = (view: View): 'light' | 'dark' => (view.endsWith('light') ? 'light' : 'dark')

/** Both widths and both themes in two pictures; for the few pages that everybody sees, each width in each theme. */
export const bothWidths: readonly View[] = ['phone-light', 'desktop-dark']
export const otherWay: readonly View[] = ['phone-dark', 'desktop-light']

export type Answer = (told: unknown) => unknown

export type Screen = {
  /** What its pictures are called. */
  readonly name: string
  /** A route of app.tsx, as it stands there. */
  readonly route: string
  /** What its parameters stand for, where that is not the usual; a search goes on behind the last of them. */
  readonly params?: (world: World) => Readonly<Record<string, string>>
  readonly search?: string
  /** Whose it is. Left out: a visitor's. */
  readonly as?: PersonName
  /** Left out: on a light phone alone. */
  readonly views?: readonly View[]
  readonly locale?: 'tr-TR'
  /** Seen before the picture is taken. */
  readonly see: string | RegExp
  /** Before the page is opened. */
  readonly prepare?: (page: Page, world: World) => Promise<void>
  /** Once it is there: what leads to the state. */
  readonly show?: (page: Page, world: World) => Promise<void>
  /** What procedures answer instead, by their names, made from what they did answer. */
  readonly answers?: Readonly<Record<string, Answer>>
  /** Too alike another to be kept as a picture: only axe looks at it. */
  readonly isForAxeOnly?: boolean
  /** Something never arrives, as in a state of loading: nobody waits for it. */
  readonly isWaiting?: boolean
  /** As long as the page is, up to a bound: for pages that are read from top to bottom. */
  readonly isWhole?: boolean
  /** What is never the same twice, as a selector: covered by a box. */
  readonly mask?: string
}
