import { deskRows } from './rows/desk.ts'
import { enteringRows } from './rows/entering.ts'
import { feedRows } from './rows/feed.ts'
import { groupRows } from './rows/groups.ts'
import { ownRows } from './rows/own.ts'
import type { Screen, View } from './screen.ts'

/** In the order in which the page of all pictures shows them. */
export const sections: Readonly<Record<string, readonly Screen[]>> = {
  'The feed and the viewer': feedRows,
  Groups: groupRows,
  'Coming in': enteringRows,
  'What is one’s own': ownRows,
  'The desk': deskRows,
}

export const screens: readonly Screen[] = Object.values(sections).flat()

export const viewsOf = ({ views }: Screen): readonly View[] => views ?? ['phone-light']

/** Of what there is a picture. */
export const isPictured = ({ isForAxeOnly }: Screen): boolean => isForAxeOnly !== true

/** The names of all pictures. */
export const listShots = (): string[] =>
  screens.filter(isPictured).flatMap((screen) => viewsOf(screen).map((view) => shotName(screen, view)))

export const shotName = ({ name }: Screen, view: View): string => `${name}.${view}`
