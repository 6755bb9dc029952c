// In which language somebody wants captions, kept in this browser. Nothing kept means none.
import type { Details } from './details-query.ts'

export type CaptionTrack = Details['captions'][number]

const key = 'captions'

/** A track without a language is known by its name, and one without either by being the only one. */
const nameOf = ({ language, label }: CaptionTrack): string => language ?? label ?? ''

export function rememberCaptions(track: CaptionTrack | null | undefined): void {
  if (track == null) localStorage.removeItem(key)
  else localStorage.setItem(key, nameOf(track))
}

/** The track that is wanted, or null: `de-CH` will do for whoever wants `de`, and the other way round. */
export function chosenAmong(tracks: readonly CaptionTrack[]): number | null {
  const wanted = localStorage.getItem(key)
  if (wanted === null) return null
  const exact = tracks.findIndex((track) => nameOf(track) === wanted)
  const near = tracks.findIndex(({ language }) => language?.split('-')[0] === wanted.split('-')[0])
  const found = exact === -1 ? near : exact
  return found === -1 ? null : found
}
