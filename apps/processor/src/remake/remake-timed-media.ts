// The way of a missing poster or play copy through the video function; see original-as-upload.ts.
import type { MediaId } from '@shoebox/shared/ids.ts'
import { derivativeNames } from '@shoebox/shared/media/derivatives.ts'
import type { VideoMessage } from '@shoebox/shared/messages/video.schema.ts'
import { derivativeKey, parseMediaKey } from '@shoebox/shared/upload/object-keys.ts'
import type { PlayObjects } from '../video/play/make-play.ts'
import { processTimedMedia, type TimedMediaDeps } from '../video/process-timed-media.ts'
import { lookAtOriginal, moveTo, type Original } from './original-as-upload.ts'

/** Whether a message of the `videos` queue is about a promoted original. */
export const isOfOriginal = ({ incomingKey: key }: VideoMessage): boolean => parseMediaKey(key) !== null

type ItemGeneration = { readonly mediaId: MediaId; readonly generation: string }

export type RemakeTimedDeps = TimedMediaDeps & {
  readonly objects: { replaceDerivative(key: string, body: Uint8Array): Promise<number> }
}

export async function remakeTimedMedia(deps: RemakeTimedDeps, message: VideoMessage): Promise<void> {
  const original = parseMediaKey(message.incomingKey)
  if (original === null) throw new Error('not an original')
  const at = { key: message.incomingKey, generation: original.generation }
  const quiet = lookAtOriginal(deps, at)
  const redirected = {
    ...quiet.objects,
    ...redirectPlay(deps.objects, at),
    putDerivative: putAllOrNone(deps, original),
  }
  await processTimedMedia({ ...quiet, objects: redirected }, message)
}

/**
 * What is missing may be made of another moment of the film today than what is still there: where one picture is missing,
 * all are made again, and none where none is.
 */
function putAllOrNone({ objects }: RemakeTimedDeps, { mediaId, generation }: ItemGeneration) {
  const findAll = () =>
    Promise.all(derivativeNames.map((name) => objects.headView(derivativeKey(mediaId, generation, name))))
  let before: ReturnType<typeof findAll> | undefined
  return async (name: string, body: Uint8Array): Promise<number> => {
    const key = moveTo(generation, name)
    const there = await (before ??= findAll())
    return there.includes(null) ? objects.replaceDerivative(key, body) : objects.putDerivative(key, body)
  }
}

const redirectPlay = (objects: PlayObjects, { generation }: Original): Omit<PlayObjects, 'readIncoming'> => ({
  assemble: (job) => objects.assemble({ ...job, to: { ...job.to, key: moveTo(generation, job.to.key) } }),
  headView: (key) => objects.headView(moveTo(generation, key)),
})
