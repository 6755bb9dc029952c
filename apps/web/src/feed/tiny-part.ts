// The tiles of one element, fetched with the first grid that has so many of them: few ever do.
import { createSignal } from 'solid-js'
import { withWords } from '../words/translation.ts'
import type { Crowd } from './crowd.ts'
import type { TinyTile } from './tiny-tile.tsx'

type Part = { readonly TinyTile: typeof TinyTile }

const [part, setPart] = createSignal<Part>()
let isAsked = false

export const tinyPart = part

/** What can be drawn of it now: until these tiles are here, others stand in. */
export function drawableCrowd(crowd: Crowd): Crowd {
  if (crowd !== 'tiny' || part() !== undefined) return crowd
  if (!isAsked) {
    isAsked = true
    withWords(import('./tiny-tile.tsx')).then(setPart, () => (isAsked = false))
  }
  return 'crowded'
}
