// Proves that the pipeline works by sending a picture, a sound and a film of its own the whole way: reserved as the API
// does it, put as a browser does it, and then only watched. What it made is removed whatever became of it.
import { copyKey, derivativeKey, incomingKey, originalKey, playKey } from '@shoebox/shared/upload/object-keys.ts'
import { canaryUserId } from '@shoebox/shared/canary.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import type { StoredState } from '@shoebox/shared/upload/lifecycle.ts'
import { generationOf } from '../inspect/generation.ts'
import { describeError } from '../log.ts'
import { expectedDerivatives, type CanarySample, type SampleKind } from './samples.ts'

export type CanaryDeps = {
  readonly nowMs: () => number
  readonly newMediaId: () => MediaId
  readonly pause: (ms: number) => Promise<void>
  /** Writes the reservation, and the canary's account where it is missing. */
  readonly reserve: (upload: {
    mediaId: MediaId
    type: CanarySample['type']
    bytes: number
    incomingKey: string
    nowMs: number
  }) => Promise<void>
  readonly findState: (mediaId: MediaId) => Promise<{ state: StoredState; reason: string | null } | null>
  readonly removeRow: (mediaId: MediaId) => Promise<void>
  readonly objects: {
    /** Returns the unquoted ETag. */
    put(key: string, body: Uint8Array, type: string): Promise<string>
    /** The length of a media object, or null when it is not there. */
    measure(key: string): Promise<number | null>
    /** Whatever lies there of an item, whichever step wrote it. */
    remove(incomingKey: string, mediaId: MediaId): Promise<void>
  }
}

/** Milliseconds of each step. `inspected`: from the last byte until the original lies in the media bucket. */
export type CanarySteps = Partial<
  Record<'reserved' | 'sent' | 'inspected' | 'settled' | 'verified' | 'removed', number>
>

export type CanaryVerdict = {
  readonly kind: SampleKind
  readonly isOk: boolean
  readonly stepsMs: CanarySteps
  /** Null when all went well. */
  readonly trouble: string | null
}

const pollMs = 200

/** @param deadlineMs by when everything must be ready */
export async function runCanary(
  deps: CanaryDeps,
  samples: readonly CanarySample[],
  deadlineMs: number,
): Promise<CanaryVerdict[]> {
  return Promise.all(samples.map((sample) => sendSample(deps, sample, deadlineMs)))
}

async function sendSample(deps: CanaryDeps, sample: CanarySample, deadlineMs: number): Promise<CanaryVerdict> {
  const { kind, type, body } = sample
  const mediaId = deps.newMediaId()
  const key = incomingKey(canaryUserId, mediaId)
  const stepsMs: CanarySteps = {}
  const time = async <T>(step: keyof CanarySteps, work: () => Promise<T>): Promise<T> => {
    const startedMs = deps.nowMs()
    const done = await work()
    stepsMs[step] = deps.nowMs() - startedMs
    return done
  }
  let trouble: string | null = null
  try {
    await time('reserved', () =>
      deps.reserve({ mediaId, type, bytes: body.length, incomingKey: key, nowMs: deps.nowMs() }),
    )
    const generation = generationOf(await time('sent', () => deps.objects.put(key, body, type)))
    const original = originalKey(mediaId, generation)
    const shown = expectedDerivatives[kind].map((name) => derivativeKey(mediaId, generation, name))
    const promised = [
      original,
      ...shown,
      kind === 'image' ? copyKey(mediaId, generation) : playKey(mediaId, generation),
    ]
    await time('inspected', () => waitUntilInspected(deps, mediaId, original, deadlineMs))
    await time('settled', () => waitUntilReady(deps, mediaId, deadlineMs))
    await time('verified', () => requireObjects(deps, promised))
  } catch (error) {
    trouble = error instanceof CanaryTrouble ? error.message : describeError(error)
  }
  try {
    await time('removed', async () => {
      await deps.objects.remove(key, mediaId)
      await deps.removeRow(mediaId)
    })
  } catch (error) {
    trouble ??= `could not be removed: ${describeError(error)}`
  }
  return { kind, isOk: trouble === null, stepsMs, trouble }
}

/** What is wrong, in words for people. */
class CanaryTrouble extends Error {}

async function waitUntilInspected(deps: CanaryDeps, mediaId: MediaId, original: string, deadlineMs: number) {
  await waitUntil(deps, deadlineMs, 'was not inspected in time', async () => {
    if ((await deps.objects.measure(original)) !== null) return true
    await requireNotEnded(deps, mediaId)
    return false
  })
}

const waitUntilReady = (deps: CanaryDeps, mediaId: MediaId, deadlineMs: number) =>
  waitUntil(deps, deadlineMs, 'was inspected and its outcome not written in time', async () =>
    requireNotEnded(deps, mediaId),
  )

/** True when it is ready. */
async function requireNotEnded(deps: CanaryDeps, mediaId: MediaId): Promise<boolean> {
  const found = await deps.findState(mediaId)
  if (found === null) throw new CanaryTrouble('its row has vanished')
  if (found.state === 'reserved' || found.state === 'ready') return found.state === 'ready'
  throw new CanaryTrouble(`ended as ${found.state}${found.reason === null ? '' : ` (${found.reason})`}`)
}

async function waitUntil(deps: CanaryDeps, deadlineMs: number, trouble: string, isDone: () => Promise<boolean>) {
  while (!(await isDone())) {
    if (deps.nowMs() >= deadlineMs) throw new CanaryTrouble(trouble)
    await deps.pause(pollMs)
  }
}

async function requireObjects({ objects }: CanaryDeps, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const bytes = await objects.measure(key)
    if (bytes === null || bytes === 0) throw new CanaryTrouble(`${key} is not there`)
  }
}
