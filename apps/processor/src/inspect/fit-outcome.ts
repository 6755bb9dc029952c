// What is said of a finished file is read by its schema before it is sent: what does not fit there would be stored
// nowhere, and the upload would wait for hours. A detail that does not fit is left out; where the rest does not, the fault
// is ours, and the upload is refused as one that can be taken up again.
import type { CaptureDetails } from '@shoebox/shared/messages/capture-details.schema.ts'
import { outcomeSchema, type Outcome, type ReadyOutcome } from '@shoebox/shared/messages/outcome.schema.ts'
import type { Log } from '../log.ts'

type Timed = NonNullable<ReadyOutcome['timed']>

/** What an item can do without, and what stands there then. A height without its width would be worth nothing. */
const size: Partial<ReadyOutcome> = { widthPx: null, heightPx: null }
const details: Partial<ReadyOutcome> = { thumbhash: null, dominantColor: null, fingerprint: null, takenAt: null }
const captureDetails: Partial<CaptureDetails> = { camera: null, lens: null, exposure: null, place: null }
const timedDetails: Partial<Timed> = {
  durationMs: null,
  audioCodec: null,
  frameRate: null,
  peaks: null,
  tags: {},
  captions: null,
}

/** The outcome if it fits its schema, else what of it does, else a refusal. Says in the log what did not fit. */
export function fitOutcome(outcome: ReadyOutcome, log: Log): Outcome {
  const unfit = findUnfit(outcome)
  if (unfit.length === 0) return outcome
  const { mediaId, type } = outcome
  const fit = leaveOut(outcome, unfit)
  const isRefused = findUnfit(fit).length > 0
  log.error('outcome_unfit', { mediaId, type, unfit: unfit.join(' ').slice(0, 300), isRefused })
  return isRefused ? refuse(outcome) : fit
}

/** Where in the outcome something does not fit: `timed.durationMs`. */
const findUnfit = (outcome: Outcome): string[] =>
  outcomeSchema.safeParse(outcome).error?.issues.map(({ path }) => path.join('.')) ?? []

function leaveOut(outcome: ReadyOutcome, unfit: readonly string[]): ReadyOutcome {
  const isUnfit = (name: string) => unfit.some((path) => `${path}.`.startsWith(`${name}.`))
  const unfitOf = <T extends object>(spare: T, folder = ''): Partial<T> =>
    Object.fromEntries(Object.entries(spare).filter(([name]) => isUnfit(folder + name))) as Partial<T>
  const { capture, timed } = outcome
  return {
    ...outcome,
    ...(Object.keys(size).some(isUnfit) ? size : {}),
    ...unfitOf(details),
    ...(capture && { capture: { ...capture, ...unfitOf(captureDetails, 'capture.') } }),
    ...(timed && { timed: { ...timed, ...unfitOf(timedDetails, 'timed.') } }),
  }
}

function refuse({ requestId, type, ...outcome }: ReadyOutcome): Outcome {
  const { version, mediaId, ownerId, incomingKey, etag, inspectedAtMs, generation } = outcome
  return {
    ...{ version, mediaId, ownerId, incomingKey, etag, inspectedAtMs, generation },
    ...(requestId === undefined ? {} : { requestId }),
    outcome: 'refused',
    reason: 'processing_failed',
    detectedType: type,
  }
}
