import { createSignal } from 'solid-js'
import type { MediaId } from './feed-item.ts'

/** The photo whose viewer was just closed, until the grid has taken the focus back. */
export const [returning, setReturning] = createSignal<MediaId | null>(null)
