// One clip, from the first frame to a file that the processor takes. The browser keeps the pieces; a clip that comes
// near to what an upload may be ends by itself.
import { bytesMaxByKind } from '@shoebox/shared/media/kinds.ts'
import { durationMsMaxByKind } from '@shoebox/shared/media/timed-limits.ts'

/** What plays in most places first; WebM for browsers that write nothing else. */
const types = [
  'video/mp4;codecs=avc1.640028,mp4a.40.2',
  'video/mp4;codecs=avc1.42E01E,mp4a.40.2',
  'video/mp4;codecs=avc1.42E01E,opus',
  'video/webm;codecs=vp9,opus',
  'video/webm;codecs=vp8,opus',
  'video/webm',
  'video/mp4',
]

export const chooseClipType = (isSupported: (type: string) => boolean): string | null => types.find(isSupported) ?? null

const pieceMs = 1000
/** A clip that is ended sooner goes on until then: cut shorter, there may be no frame in it yet, and it would be lost. */
const shortestMs = 1200
const margin = 0.98

export type Clip = {
  readonly startedAt: Date
  /** Ends it; what was recorded comes to `onDone`. Safe to call again. */
  readonly stop: () => void
}

/** @param onDone called once: when it was stopped, became too long, or the camera went away. Empty if nothing came. */
export function recordClip(
  tracks: MediaStreamTrack[],
  type: string,
  onDone: (content: Blob, clip: Clip) => void,
): Clip {
  // Of its own, so that the end of a clip outlives the page that was left with it.
  const recorded = tracks.map((track) => track.clone())
  const recorder = new MediaRecorder(new MediaStream(recorded), { mimeType: type })
  const startedAtMs = performance.now()
  const pieces: Blob[] = []
  let bytes = 0
  const end = () => {
    if (recorder.state !== 'inactive') recorder.stop()
  }
  const stop = () => {
    clearTimeout(overdue)
    setTimeout(end, Math.max(0, startedAtMs + shortestMs - performance.now()))
  }
  const overdue = setTimeout(stop, durationMsMaxByKind.video * margin)
  const clip = { startedAt: new Date(), stop }
  recorder.addEventListener('dataavailable', ({ data }) => {
    pieces.push(data)
    bytes += data.size
    if (bytes > bytesMaxByKind.video * margin) stop()
  })
  recorder.addEventListener('stop', () => {
    clearTimeout(overdue)
    for (const track of recorded) track.stop()
    onDone(new Blob(pieces, { type }), clip)
  })
  recorder.start(pieceMs)
  return clip
}
