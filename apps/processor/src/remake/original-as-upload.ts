// Pictures that are missing are made again by whoever made them first: inspect and video are shown the promoted original
// in place of the upload. What they make lands in the original's own generation, beside what is there already; nothing
// is promoted, deleted or said of it, since the item is settled.
import type { MediaType } from '@shoebox/shared/media/kinds.ts'
import type { InspectUploadDeps, MediaObjects } from '../inspect/inspect-upload.ts'
import type { Log } from '../log.ts'

export type Original = { readonly key: string; readonly generation: string }

/** The same deps, for which the upload is the original. */
export function lookAtOriginal<D extends Pick<InspectUploadDeps, 'sendOutcome' | 'log'> & { objects: Reads }>(
  deps: D,
  at: Original,
) {
  const { log } = deps
  const say = (level: keyof Log) => (event: string, fields?: Parameters<Log['info']>[1]) =>
    log[level](`remake_${event}`, fields)
  return {
    ...deps,
    objects: { ...deps.objects, ...redirect(deps.objects, at) },
    sendOutcome: async () => {},
    log: { info: say('info'), warn: say('warn'), error: say('error') },
  }
}

type Reads = Pick<MediaObjects, 'headIncoming' | 'readIncoming' | 'putDerivative' | 'putCaptions' | 'promote'>

function redirect(objects: Reads & Partial<MediaObjects>, { key, generation }: Original) {
  const { openIncoming, streamIncoming, putCopy, copyIncoming } = objects
  return {
    ...(openIncoming && { openIncoming: () => openIncoming(key) }),
    headIncoming: () => objects.headIncoming(key),
    readIncoming: (_: string, etag: string, start: number, end: number) => objects.readIncoming(key, etag, start, end),
    ...(streamIncoming && {
      streamIncoming: (_: string, etag: string, start: number) => streamIncoming(key, etag, start),
    }),
    putDerivative: (name: string, body: Uint8Array) => objects.putDerivative(moveTo(generation, name), body),
    putCaptions: (name: string, vtt: string) => objects.putCaptions(moveTo(generation, name), vtt),
    ...(putCopy && {
      putCopy: (name: string, pieces: readonly Uint8Array[], type: MediaType) =>
        putCopy(moveTo(generation, name), pieces, type),
    }),
    ...(copyIncoming && {
      copyIncoming: ({ etag }: { etag: string }, to: { key: string; type: MediaType }) =>
        copyIncoming({ key, etag }, { ...to, key: moveTo(generation, to.key) }),
    }),
    promote: async () => ({ sha256: null }),
  }
}

/** A copy has an ETag of its own, which names another generation than the one that the item shows. */
export function moveTo(generation: string, key: string): string {
  const [root, mediaId, , file] = key.split('/')
  return `${root}/${mediaId}/${generation}/${file}`
}
