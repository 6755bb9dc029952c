// Brings one large file to S3 in parts: opens, sends what is missing, completes. Whatever has arrived stays; after any
// break the parts that are there are asked for and only the others are sent.
import { parallelUploads } from '@shoebox/shared/upload/policy.ts'
import type { Outputs } from '../api/client.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { askApi } from './ask-api.ts'
import { backOff } from './back-off.ts'
import { prepareParts, type PartsToPrepare } from './prepare-parts.ts'
import type { SendOutcome } from './send-file.ts'
import { endOf, sendPart, type PartsEnd, type SendPartDeps } from './send-part.ts'

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
  readonly signal: AbortSignal
  readonly onAttempt: () => void
  readonly onProgress: (sentBytes: number) => void
  /** The numbers of the parts that S3 has: what it says at first, then one more at a time. */
  readonly onArrived: (parts: readonly number[]) => void
}

/** How often the parts that are there are looked at again before giving up. */
const roundsMax = 4

export async function sendParts(deps: SendPartsDeps, sending: SendingParts): Promise<SendOutcome> {
  for (let round = 1; round <= roundsMax; round += 1) {
    if (round > 1) await backOff(deps, round, sending.signal)
    const end = await sendRound(deps, sending, sending.isFresh && round === 1)
    if (end.type !== 'again') return end
  }
  return { type: 'failed', trouble: 'network' }
}

async function sendRound(deps: SendPartsDeps, sending: SendingParts, isFresh: boolean): Promise<PartsEnd> {
  const { mediaId, file, sums, signal } = sending
  const opened = await askApi(deps, signal, () => deps.openMultipart(mediaId))
  if (opened.type !== 'answered') return endOf(opened)
  const found = isFresh ? ({ type: 'found', stored: new Map() } as const) : await findStored(deps, sending)
  if (found.type !== 'found') return found

  sending.onArrived([...found.stored.keys()])
  sending.onAttempt()
  const { partBytes, parts } = opened.answer
  const end = await sendMissing(deps, sending, { mediaId, file, partBytes, parts, stored: found.stored, sums })
  if (end !== null) return end
  const completed = await askApi(deps, signal, () => deps.completeMultipart(mediaId))
  return completed.type === 'answered' ? { type: 'received' } : endOf(completed)
}

type Found = { readonly type: 'found'; readonly stored: ReadonlyMap<number, string | null> } | PartsEnd

/** The parts that have arrived, with their sums. */
async function findStored(deps: SendPartsDeps, { mediaId, signal }: SendingParts): Promise<Found> {
  const stored = new Map<number, string | null>()
  for (let after: number | null = 0; after !== null;) {
    const from: number = after
    const listed = await askApi(deps, signal, () => deps.listParts(mediaId, from))
    if (listed.type !== 'answered') return endOf(listed)
    if (listed.answer.isReceived) return { type: 'received' }
    for (const part of listed.answer.parts) stored.set(part.partNumber, part.sha256)
    after = listed.answer.nextAfter
  }
  return { type: 'found', stored }
}

/** Sends every part that is not there, four at a time. Null when all of them are; else the first thing that went wrong. */
async function sendMissing(
  deps: SendPartsDeps,
  sending: SendingParts,
  plan: Omit<PartsToPrepare, 'signal'>,
): Promise<PartsEnd | null> {
  const stop = new AbortController()
  const signal = AbortSignal.any([sending.signal, stop.signal])
  const bytesOf = (partNumber: number) => Math.min(plan.partBytes, plan.file.size - (partNumber - 1) * plan.partBytes)
  // Those of a file that was changed since count until they are sent once more.
  const sentBytes = new Map([...plan.stored.keys()].map((partNumber) => [partNumber, bytesOf(partNumber)]))
  const arrived = new Set(plan.stored.keys())
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
        sending.onProgress([...sentBytes.values()].reduce((sum, each) => sum + each, 0))
      }
      const outcome = await sendPart(deps, next.value, { mediaId: plan.mediaId, signal, onProgress })
      if (outcome.type === 'sent') {
        sending.onArrived([...arrived.add(partNumber)])
        continue
      }
      end ??= outcome
      stop.abort()
    }
  }
  await Promise.all(Array.from({ length: parallelUploads }, sendOnes))
  return sending.signal.aborted ? { type: 'aborted' } : end
}
