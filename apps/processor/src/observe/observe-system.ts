// Looks at what the pages about the system's health show, because the Worker that shows it may look into no queue. Each
// part is asked alone: one that does not answer must not hide how the others are.
import type {
  KindStorage,
  Observation,
  QueueFacts,
  UploadFacts,
} from '@shoebox/shared/operations/observation.schema.ts'
import { describeError, type Log } from '../log.ts'

export type ObserveDeps = {
  readonly nowMs: () => number
  readonly measureQueues: () => Promise<QueueFacts[]>
  readonly countUploads: (nowMs: number) => Promise<UploadFacts>
  readonly measureStorage: () => Promise<KindStorage[]>
  /** What was seen the last time; null before the first. */
  readonly findLast: () => Promise<Observation | null>
  readonly log: Log
}

/** Storage is counted item by item. */
const storageEveryMs = 60 * 60_000

/** Null stands for what did not answer. */
export async function observeSystem(deps: ObserveDeps): Promise<Observation> {
  const ask = async <T>(part: keyof Observation, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      deps.log.error('not_observed', { part, error: describeError(error) })
      return null
    }
  }
  const [queues, uploads, storage] = await Promise.all([
    ask('queues', deps.measureQueues),
    ask('uploads', () => deps.countUploads(deps.nowMs())),
    ask('storage', () => renewStorage(deps)),
  ])
  return { queues, uploads, storage }
}

async function renewStorage(deps: ObserveDeps): Promise<Observation['storage']> {
  const known = (await deps.findLast())?.storage ?? null
  const nowMs = deps.nowMs()
  if (known !== null && nowMs - known.countedAtMs < storageEveryMs) return known
  return { countedAtMs: nowMs, kinds: await deps.measureStorage() }
}
