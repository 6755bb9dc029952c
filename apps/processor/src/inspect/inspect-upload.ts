// One arrived object, from its key to its outcome: look at the bytes, refuse what must be refused, make what people are
// shown, promote the original, and say so on the queue. Films and sounds are only identified here, and handed on to the
// video function. Every step can be repeated: S3 and SQS deliver twice, and a Lambda may be killed between any two lines.
// A refusal is an outcome; a fault is thrown and the message comes again.
import { copyKey, derivativeKey, originalKey, parseIncomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { bytesMaxByKind, kindOf, type MediaType } from '@shoebox/shared/media/kinds.ts'
import type { Outcome, ReadyOutcome, RefusedOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import { headBytes, isTimed, type TimedType, type VideoMessage } from '@shoebox/shared/messages/video.schema.ts'
import type { MediaId, UserId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import { logWith, type Log } from '../log.ts'
import { describeCapture } from '../place/describe-capture.ts'
import { detectType } from './detect-type.ts'
import type { Decoder } from './decoder/decoder-process.ts'
import {
  isDecodable,
  type DecodableType,
  type EncodedDerivative,
  type Picture,
  type PictureCopy,
} from './decoder/picture.ts'
import { findHiddenInStream } from './find-hidden-in-stream.ts'
import { fitOutcome } from './fit-outcome.ts'
import { generationOf } from './generation.ts'
import { RangedTokenizer, blockBytes } from './ranged-tokenizer.ts'
import { SourceChanged } from './source-changed.ts'

/** An object as S3 describes it. */
export type IncomingObject = {
  readonly bytes: number
  /** Unquoted. */
  readonly etag: string
  /** Of the request that the upload was signed for. */
  readonly requestId?: string
}

/** An object with its first block: all of it when it is no longer. */
export type OpenedObject = IncomingObject & { readonly head: Uint8Array }

type Inspected = { readonly key: string; readonly etag: string }
type Stored = { readonly key: string; readonly type: MediaType }

export type MediaObjects = {
  /** What an object is and how it begins, in one request. Null when there is no such object. */
  openIncoming(key: string): Promise<OpenedObject | null>
  /** Null when there is no such object. */
  headIncoming(key: string): Promise<IncomingObject | null>
  /** Bytes `start` to `endInclusive`. Bound to the ETag, as every read of an upload is. */
  readIncoming(key: string, etag: string, start: number, endInclusive: number): Promise<Uint8Array>
  /** All bytes from `start` on. */
  streamIncoming(key: string, etag: string, start: number): AsyncIterable<Uint8Array>
  /** Stores a derivative unless it is there, and returns the length that S3 has verified. */
  putDerivative(key: string, body: Uint8Array): Promise<number>
  putCaptions(key: string, vtt: string): Promise<number>
  /** Stores what others may download, joined, unless it is there. */
  putCopy(key: string, pieces: readonly Uint8Array[], type: MediaType): Promise<void>
  /** The same where that is the upload itself: S3 copies it. */
  copyIncoming(from: Inspected, to: Stored): Promise<unknown>
  /** Copies the inspected bytes, and no others, to their final place; says so too when they are there already. */
  promote(from: Inspected, to: Stored): Promise<{ sha256: string | null }>
}

export type InspectUploadDeps = {
  readonly objects: MediaObjects
  readonly decoder: Pick<Decoder, 'decode'>
  readonly sendOutcome: (outcome: Outcome) => Promise<void>
  readonly sendVideo: (message: VideoMessage) => Promise<void>
  readonly nowMs: () => number
  readonly log: Log
}

type Upload = OpenedObject & { readonly key: string; readonly mediaId: MediaId; readonly ownerId: UserId }
type Refused = Pick<RefusedOutcome, 'reason' | 'detectedType'> & { readonly detail?: string }
type Shown = { readonly type: DecodableType; readonly picture: Picture }
type Seen = Shown | { readonly type: TimedType; readonly picture: null }

/** Inspects what lies under a key of the incoming bucket. Returns once it is settled or handed on, or when it is gone. */
export async function inspectUpload(given: InspectUploadDeps, key: string): Promise<void> {
  const ids = parseIncomingKey(key)
  if (ids === null) return given.log.warn('foreign_key_ignored', { key: key.slice(0, 200) })
  const object = await given.objects.openIncoming(key)
  if (object === null) return given.log.info('object_gone', { mediaId: ids.mediaId })
  const deps = { ...given, log: logWith(given.log, { requestId: object.requestId }) }
  const upload: Upload = { ...object, ...ids, key }
  try {
    const inspected = await inspect(deps, upload)
    if (!inspected.ok) await reject(deps, upload, inspected.refusal)
    else if (inspected.value.picture === null) await handOn(deps, upload, inspected.value.type)
    else await publish(deps, upload, inspected.value)
  } catch (error) {
    // Whoever put another object there, or took this one away, caused an event of its own where one is needed.
    if (error instanceof SourceChanged) return deps.log.info('object_changed', { mediaId: ids.mediaId })
    throw error
  }
}

async function inspect(deps: InspectUploadDeps, upload: Upload): Promise<Result<Seen, Refused>> {
  const { key, etag, bytes, head } = upload
  if (bytes === 0) return refuse({ reason: 'file_empty', detectedType: null })
  const tokenizer = new RangedTokenizer(bytes, (start, end) => deps.objects.readIncoming(key, etag, start, end), head)
  const detected = await detectType(tokenizer)
  if (!detected.ok) return detected
  const type = detected.value
  if (bytes > bytesMaxByKind[kindOf(type)]) return refuse({ reason: 'file_too_large', detectedType: type })
  if (isTimed(type)) {
    const hidden = await findHiddenInStream(tokenizer, type, () => deps.objects.streamIncoming(key, etag, 0))
    return hidden === null
      ? accept({ type, picture: null })
      : refuse({ reason: 'file_hides_other', detectedType: type, detail: hidden })
  }
  if (!isDecodable(type)) return refuse({ reason: 'type_not_allowed', detectedType: type })
  const verdict = await deps.decoder.decode({ type, bytes, wantsCopy: true }, () => streamBody(deps.objects, upload))
  return verdict.ok ? accept({ type, picture: verdict.value }) : refuse({ ...verdict.refusal, detectedType: type })
}

/** The whole file; its first block, which is here already, is not fetched again. */
async function* streamBody(objects: MediaObjects, { key, etag, bytes, head }: Upload) {
  yield head
  if (bytes > blockBytes) yield* objects.streamIncoming(key, etag, blockBytes)
}

async function handOn(deps: InspectUploadDeps, upload: Upload, type: TimedType): Promise<void> {
  const { mediaId, ownerId, key, etag, bytes, requestId } = upload
  const trace = requestId === undefined ? {} : { requestId }
  const head = Buffer.from(upload.head.subarray(0, headBytes)).toString('base64')
  await deps.sendVideo({ version: 1, mediaId, ownerId, incomingKey: key, etag, bytes, type, head, ...trace })
  deps.log.info('upload_handed_on', { mediaId, type, bytes })
}

async function publish(deps: InspectUploadDeps, upload: Upload, { type, picture }: Shown): Promise<void> {
  const { mediaId, key, etag, bytes } = upload
  const { copy } = picture
  const generation = generationOf(etag)
  const putDerivative = async ({ name, widthPx, heightPx, body }: EncodedDerivative) => ({
    name,
    widthPx,
    heightPx,
    bytes: await deps.objects.putDerivative(derivativeKey(mediaId, generation, name), body),
  })
  const [derivatives] = await Promise.all([
    Promise.all(picture.derivatives.map(putDerivative)),
    copy && storeCopy(deps, upload, copy),
  ])
  // Last, so that an original in the media bucket always has its derivatives beside it.
  const { sha256 } = await deps.objects.promote({ key, etag }, { key: originalKey(mediaId, generation), type })
  const outcome: ReadyOutcome = {
    ...describeInspection(deps, upload),
    outcome: 'ready',
    generation,
    type,
    bytes,
    sha256,
    widthPx: picture.widthPx,
    heightPx: picture.heightPx,
    thumbhash: Buffer.from(picture.thumbhash).toString('base64'),
    dominantColor: picture.dominantColor,
    fingerprint: picture.fingerprint,
    takenAt: picture.takenAt,
    ...(await describeCapture(picture.capture)),
    isCutToFirstFrame: picture.isCutToFirstFrame,
    derivatives,
    copyType: copy?.type ?? null,
  }
  const fit = fitOutcome(outcome, deps.log)
  await deps.sendOutcome(fit)
  if (fit.outcome === 'ready') deps.log.info('upload_ready', { mediaId, type, bytes })
}

function storeCopy({ objects }: InspectUploadDeps, { mediaId, key, etag }: Upload, copy: PictureCopy) {
  const to = { key: copyKey(mediaId, generationOf(etag)), type: copy.type }
  if (copy.isFile === true) return objects.copyIncoming({ key, etag }, to)
  return objects.putCopy(to.key, copy.pieces, to.type)
}

/** The file stays for the janitor: should this outcome get lost, it is judged again. */
async function reject(
  deps: InspectUploadDeps,
  upload: Upload,
  { reason, detectedType, detail }: Refused,
): Promise<void> {
  await deps.sendOutcome({
    ...describeInspection(deps, upload),
    outcome: 'refused',
    generation: generationOf(upload.etag),
    reason,
    detectedType: detectedType?.slice(0, 127) ?? null,
  })
  deps.log.info('upload_refused', { mediaId: upload.mediaId, reason, detectedType, detail, bytes: upload.bytes })
}

const describeInspection = (deps: InspectUploadDeps, { mediaId, ownerId, key, etag, requestId }: Upload) =>
  ({
    version: 1,
    mediaId,
    ownerId,
    incomingKey: key,
    etag,
    inspectedAtMs: deps.nowMs(),
    ...(requestId === undefined ? {} : { requestId }),
  }) as const
