// How long the tracks of a file are, by mediabunny. Lengths come from headers first: searching for them can cost
// thousands of reads.
import type { InputTrack } from 'mediabunny'
import { durationMsMaxByKind } from '@shoebox/shared/media/timed-limits.ts'
import type { EditList } from './edit-list.ts'
import { tellDurationMs } from './judge-facts.ts'

export type DurationDeps = {
  readonly editsOf?: (track: InputTrack) => EditList | null
  /** In seconds, by what the end of the file says; null where that is nothing. */
  readonly findEnd: () => Promise<number | null>
  /** A track with all its samples, where the one given has but the first. */
  readonly toWhole?: (track: InputTrack) => Promise<InputTrack>
}

/** Parts of what was live count on from where that stood. Looking for their beginning reads them, too. */
const mayHaveBegunLate = (seconds: number): boolean => seconds * 1000 > durationMsMaxByKind.video

/** The longest of them; null where none of them tells. */
export async function findDurationMs(
  tracks: readonly (InputTrack | null)[],
  { editsOf = () => null, findEnd, toWhole = async (track) => track }: DurationDeps,
): Promise<number | null> {
  const seconds: number[] = []
  let end: Promise<number | null> | undefined
  for (const track of tracks) {
    if (track === null) continue
    const stated = await track.getDurationFromMetadata().catch(() => null)
    const isPlausible = stated !== null && stated > 0 && stated * 1000 <= durationMsMaxByKind.audio
    // Searching reads from the file, within the budget; a film whose length cannot be found is still a film.
    const search = async () => {
      const ended = (await (end ??= findEnd())) ?? (await (await toWhole(track)).computeDuration())
      return mayHaveBegunLate(ended) ? ended - (await track.getFirstTimestamp()) : ended
    }
    const found = isPlausible ? stated : await search().catch(() => stated)
    if (found === null || !Number.isFinite(found)) continue
    const edits = editsOf(track)
    seconds.push(edits === null ? found : edits.isPlain ? Math.min(found, edits.seconds) : edits.seconds)
  }
  return tellDurationMs(Math.max(...seconds))
}
