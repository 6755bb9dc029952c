// How much of a tile there can be when so many are on a screen.
import { usualAspect, type RowRules } from '@shoebox/shared/media/lay-out-rows.ts'

/** A page may have 400 elements; what stands around a grid has some 100, its headings, and what is loading, some 80. */
const nodesMax = 215
/** Of a tile: its item, link, picture and check; a like is four more, and the name of its owner one. */
const nodesOf = { roomy: 7, crowded: 4, tiny: 1 } as const
/** More than so many on a screen leave no elements for what can be pressed on each. */
const roomyMax = 40
/** And more than so many none for anything but the tiles themselves. */
const crowdedMax = 64

/**
 * What tiles can have when so many are on a screen. `roomy`: all that fits; `crowded`: what is pressed only under the
 * pointer or the focus; `tiny`: each is one element.
 */
export type Crowd = keyof typeof nodesOf

export function crowdOf(rules: RowRules, screenPx: number): Crowd {
  const count = countOnScreen(rules, screenPx)
  if (count > crowdedMax) return 'tiny'
  return count > roomyMax ? 'crowded' : 'roomy'
}

const across = ({ widthPx, rowHeightPx, gapPx }: RowRules): number =>
  Math.max(1, Math.round((widthPx + gapPx) / (usualAspect * rowHeightPx + gapPx)))

/** Two rows are cut by the edges of the screen. */
const countOnScreen = (rules: RowRules, screenPx: number): number =>
  across(rules) * Math.ceil(screenPx / (rules.rowHeightPx + rules.gapPx) + 1)

/** How many pixels of tiles there are elements for above, and below, what is on the screen. */
export function roomAround(rules: RowRules, screenPx: number): number {
  const tiles = nodesMax / nodesOf[crowdOf(rules, screenPx)] - countOnScreen(rules, screenPx)
  return Math.max(0, ((tiles / across(rules)) * (rules.rowHeightPx + rules.gapPx)) / 2)
}
