// The way of a missing poster or play copy through the video function; see original-as-upload.ts.
import type { VideoMessage } from '@shoebox/shared/messages/video.schema.ts'
import { parseMediaKey } from '@shoebox/shared/upload/object-keys.ts'
import type { PlayObjects } from '../video/play/make-play.ts'
import { processTimedMedia, type TimedMediaDeps } from '../video/process-timed-media.ts'
import { lookAtOriginal, moveTo, type Original } from './original-as-upload.ts'

/** Whether a message of the `videos` queue is about a promoted original. */
export const isOfOriginal = ({ incomingKey: key }: VideoMessage): boolean => parseMediaKey(key) !== null

export async function remakeTimedMedia(deps: TimedMediaDeps, message: VideoMessage): Promise<void> {
  const original = parseMediaKey(message.incomingKey)
  if (original === null) throw new Error('not an original')
  const at = { key: message.incomingKey, generation: original.generation }
  const quiet = lookAtOriginal(deps, at)
  await processTimedMedia({ ...quiet, objects: { ...quiet.objects, ...redirectPlay(deps.objects, at) } }, message)
}

const redirectPlay = (objects: PlayObjects, { generation }: Original): Omit<PlayObjects, 'readIncoming'> => ({
  assemble: (from, to, parts, makeBody) =>
    objects.assemble(from, { ...to, key: moveTo(generation, to.key) }, parts, makeBody),
  headView: (key) => objects.headView(moveTo(generation, key)),
  readView: (key, etag, start, end) => objects.readView(moveTo(generation, key), etag, start, end),
  deleteView: (key) => objects.deleteView(moveTo(generation, key)),
})
