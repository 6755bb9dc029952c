// Brings one large file to S3 in parts: opens, sends what is missing, completes. Whatever has arrived stays; after any
// break the parts that are there are asked for and only the others are sent.
import { planParts } from '@shoebox/shared/upload/plan-parts.ts'
import { parallelUploads } from '@shoebox/shared/upload/policy.ts'
import type { Outputs } from '../api/client.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { askApi } from './ask-api.ts'
import { backOff } from './back-off.ts'
import { prepareParts, sumPart, type PartsToPrepare } from './prepare-parts.ts'
import type { SendOutcome } from './send-file.ts'
import { endOf, sendPart, type PartsEnd, type PartSum, type SendPartDeps } from './send-part.ts'
import { arrivedBytesOf } from './upload-journal.ts'

export type SendPartsDeps = SendPartDeps & {
  readonly openMultipart: (mediaId: MediaId) => Promise<Outputs['uploads']['openMultipart']>
  readonly listParts: (mediaId: MediaId, after: number) => Promise<Outputs['uploads']['listParts']>
  readonly completeMultipart: (mediaId: MediaId) => Promise<unknown>
}

export type SendingParts = {
  readonly mediaId: MediaId
  readonly file: Blob
  /** Nothing of it was ever sent, so there is nothing to ask for. */
  readonly isFresh: boolean
  /** The sums of its parts that are known from before, by number; filled here. */
  readonly sums: Map<number, string>
  /** What S3 was given as each part of this upload, by whichever tab, as far as this browser knows; filled here. */
  readonly given: Map<number, string>
  readonly signal: AbortSignal
  readonly onAttempt: () => void
  readonly onProgress: (sentBytes: number) => void
  /** The parts of it that S3 has: those that were there at first, then one more at a time. */
  readonly onArrived: (parts: readonly PartSum[]) => void
}

/** How often the parts that are there are looked at again before giving up. */
const roundsMax = 4

export async function sendParts(deps: SendPartsDeps, sending: SendingParts): Promise<SendOutcome> {
  for (let round = 1; round <= roundsMax; round += 1) {
    if (round > 1) await backOff(deps, round, sending.signal)
    const end = await sendRound(deps, sending, sending.isFresh && round === 1)
    if (end.type === 'joined' || end.type === 'settled') return judgeJoined(deps, sending, end.type)
    if (end.type !== 'again') return end
  }
  return { type: 'failed', trouble: 'network' }
}

/**
 * It was joined before this page had to. Nobody can ask S3 any more of what, and another tab may have sent a file under it
 * that only looks the same: it counts as sent where every part that was given is this file's.
 */
async function judgeJoined(
  deps: SendPartsDeps,
  sending: SendingParts,
  end: 'joined' | 'settled',
): Promise<SendOutcome> {
  const { partBytes, parts } = planParts(sending.file.size)
  let isSame = sending.given.size === parts
  for (const [partNumber, sha256] of isSame ? sending.given : []) {
    const summed = await sumPart(deps, { ...sending, partBytes }, partNumber)
    if (summed.type !== 'summed') return summed
    isSame &&= summed.part.sha256 === sha256
  }
  if (end === 'settled') return { type: 'settled', isAnother: !isSame }
  return isSame ? { type: 'received' } : { type: 'another' }
}

type RoundEnd = PartsEnd | { readonly type: 'joined' }

async function sendRound(deps: SendPartsDeps, sending: SendingParts, isFresh: boolean): Promise<RoundEnd> {
  const { mediaId, file, sums, signal } = sending
  const opened = await askApi(deps, signal, () => deps.openMultipart(mediaId))
  if (opened.type !== 'answered') return endOf(opened)
  const { partBytes, parts } = opened.answer
  sending.onAttempt()
  const found = isFresh ? nothingFound : await findArrived(deps, sending, partBytes)
  if (found.type !== 'found') return found
  const { arrived } = found
  noteArrived(sending, arrived)
  const end = await sendMissing(deps, sending, { mediaId, file, partBytes, parts, arrived, sums })
  if (end !== null) return end
  const completed = await askApi(deps, signal, () => deps.completeMultipart(mediaId))
  return completed.type === 'answered' ? { type: 'received' } : endOf(completed)
}

const sumsOf = (parts: ReadonlyMap<number, string>): PartSum[] =>
  [...parts].map(([partNumber, sha256]) => ({ partNumber, sha256 }))

function noteArrived({ given, onArrived }: SendingParts, arrived: ReadonlyMap<number, string>): void {
  for (const [partNumber, sha256] of arrived) given.set(partNumber, sha256)
  onArrived(sumsOf(arrived))
}

type Found = { readonly type: 'found'; readonly arrived: ReadonlyMap<number, string> } | RoundEnd
const nothingFound: Found = { type: 'found', arrived: new Map() }

/** The parts of this very file that are there. Compared by content: of one that was changed since, what differs is not. */
async function findArrived(deps: SendPartsDeps, sending: SendingParts, partBytes: number): Promise<Found> {
  const listed = await listStored(deps, sending)
  if (listed.type !== 'listed') return listed
  const arrived = new Map<number, string>()
  for (const [partNumber, sha256] of listed.stored) {
    const summed = await sumPart(deps, { ...sending, partBytes }, partNumber)
    if (sending.signal.aborted) return { type: 'aborted' }
    if (summed.type !== 'summed') return summed
    if (summed.part.sha256 === sha256) arrived.set(partNumber, sha256)
  }
  const isAnother = listed.stored.size > 0 && arrived.size === 0 && !sending.isFresh
  return isAnother ? { type: 'another' } : { type: 'found', arrived }
}

type Listed = { readonly type: 'listed'; readonly stored: ReadonlyMap<number, string | null> } | RoundEnd

/** The parts that S3 has, with their sums. */
async function listStored(deps: SendPartsDeps, { mediaId, signal }: SendingParts): Promise<Listed> {
  const stored = new Map<number, string | null>()
  for (let after: number | null = 0; after !== null;) {
    const from: number = after
    const listed = await askApi(deps, signal, () => deps.listParts(mediaId, from))
    if (listed.type !== 'answered') return endOf(listed)
    if (listed.answer.isReceived) return { type: 'joined' }
    for (const part of listed.answer.parts) stored.set(part.partNumber, part.sha256)
    after = listed.answer.nextAfter
  }
  return { type: 'listed', stored }
}

/** Sends every part that is not there, four at a time. Null when all of them are; else the first thing that went wrong. */
async function sendMissing(
  deps: SendPartsDeps,
  sending: SendingParts,
  plan: Omit<PartsToPrepare, 'signal'>,
): Promise<PartsEnd | null> {
  const stop = new AbortController()
  const signal = AbortSignal.any([sending.signal, stop.signal])
  const arrived = new Map(plan.arrived)
  const bytesBefore = arrivedBytesOf({ fileBytes: plan.file.size, parts: sumsOf(arrived) })
  const sentBytes = new Map<number, number>()
  sending.onProgress(bytesBefore)
  const ready = prepareParts(deps, { ...plan, signal })
  let end: PartsEnd | null = null

  const sendOnes = async () => {
    while (!signal.aborted) {
      const next = await ready.next()
      if (next.done === true) {
        end ??= next.value ?? null
        break
      }
      const { partNumber } = next.value
      const onProgress = (bytes: number) => {
        sentBytes.set(partNumber, bytes)
        sending.onProgress([...sentBytes.values()].reduce((sum, each) => sum + each, bytesBefore))
      }
      const outcome = await sendPart(deps, next.value, { mediaId: plan.mediaId, signal, onProgress })
      if (outcome.type === 'sent') {
        plan.sums.set(partNumber, outcome.sha256)
        noteArrived(sending, arrived.set(partNumber, outcome.sha256))
        continue
      }
      end ??= outcome
      stop.abort()
    }
  }
  await Promise.all(Array.from({ length: parallelUploads }, sendOnes))
  return sending.signal.aborted ? { type: 'aborted' } : end
}
