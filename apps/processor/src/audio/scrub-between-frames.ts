// What to overwrite among the frames of an MP3 or bare AAC, and behind the last: what a stream was cut in, and the tags
// of two sounds put one behind the other. Players pass over it.
import type { Scrubber } from '../video/play/scrub.ts'
import type { BlockSource } from '../video/reader/block-source.ts'
import { findSoundFrames, followFrames, framesBytesMax, type SoundFrames } from '../inspect/find-sound-frames.ts'

const pieceBytes = 64 * 1024

/** A sound of a kind that is not known here is left as it is. */
export async function scrubBetweenFrames(
  scrubber: Scrubber,
  source: BlockSource,
  { from, end }: { readonly from: number; readonly end: number },
): Promise<void> {
  source.readThrough()
  let frames: SoundFrames | null = null
  let [lastFrame, soundEnd] = [from, from]
  let piece: { start: number; end: number; bytes: Uint8Array } = { start: from, end: from, bytes: Buffer.alloc(0) }
  for (let at = from; at < end;) {
    if (at < piece.start || Math.min(end, at + framesBytesMax) > piece.end) {
      const pieceEnd = Math.min(end, at + pieceBytes)
      piece = { start: at, end: pieceEnd, bytes: await source.read(at, pieceEnd) }
    }
    const bytes = piece.bytes.subarray(at - piece.start)
    const isLast = piece.end === end
    frames ??= findSoundFrames(bytes, isLast)
    if (frames === null) {
      at = isLast ? end : piece.end - framesBytesMax + 1
      continue
    }
    await scrubber.blank(soundEnd, at + frames.at)
    const followed = followFrames(bytes, frames)
    if (followed.last !== null) lastFrame = at + followed.last
    soundEnd = at + followed.end
    // Of a frame that lost some of its bytes the next begins before its end.
    at = followed.isOver ? lastFrame + 1 : isLast ? end : soundEnd
    frames = followed.isOver ? null : { ...frames, at: 0 }
  }
  if (soundEnd > from) await scrubber.blank(soundEnd, end)
}
