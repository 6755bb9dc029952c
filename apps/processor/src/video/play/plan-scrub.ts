// Chooses how a file is scrubbed, by its container, and keeps every planner within bounds: a file that leads one astray
// gets no `play`, it does not stop the function.
import type { TimedType } from '@shoebox/shared/messages/video.schema.ts'
import { planFlacScrub } from '../../audio/scrub-flac.ts'
import { planId3Scrub } from '../../audio/scrub-id3.ts'
import { planOggScrub } from '../../audio/scrub-ogg.ts'
import { planWavScrub } from '../../audio/scrub-wav.ts'
import { nameIsoFamily } from '../../inspect/iso-brands.ts'
import { BlockSource, BudgetSpent, OutOfTime, type FetchRange } from '../reader/block-source.ts'
import type { ByteRange } from './sample-ranges.ts'
import { planIsoScrub } from './scrub-iso.ts'
import { planMatroskaScrub } from './scrub-matroska.ts'
import { HidesOther, TooMuchToScrub, type ScrubPlan } from './scrub.ts'

type Planner = (source: BlockSource, harmless: readonly ByteRange[]) => Promise<ScrubPlan>

const planners: Readonly<Record<TimedType, Planner>> = {
  'video/mp4': planIsoScrub,
  'video/quicktime': planIsoScrub,
  'video/webm': planMatroskaScrub,
  'video/matroska': planMatroskaScrub,
  'audio/mp4': async (source, harmless) =>
    (await isBareAac(source))
      ? { servedAs: 'audio/aac', ...(await planId3Scrub(source)) }
      : planIsoScrub(source, harmless),
  'audio/mpeg': planId3Scrub,
  'audio/ogg': planOggScrub,
  'audio/flac': planFlacScrub,
  'audio/wav': planWavScrub,
}

const budget = { bytesMax: 160 * 2 ** 20, readsMax: 4096 }

export type ScrubOptions = {
  /** What the plan of the file itself found to be so, where this is its copy. */
  readonly harmless?: readonly ByteRange[]
  /** When there is no time left for a plan. */
  readonly isLate?: () => boolean
}

/** What to overwrite in a copy of a stored file. Throws only when its bytes cannot be fetched. */
export async function planScrub(
  type: TimedType,
  bytes: number,
  fetchRange: FetchRange,
  { harmless = [], ...limit }: ScrubOptions = {},
): Promise<ScrubPlan> {
  try {
    return await planners[type](new BlockSource(bytes, fetchRange, { ...budget, ...limit }), harmless)
  } catch (error) {
    if (error instanceof HidesOther) return { plan: 'hides', detail: error.message }
    if (error instanceof OutOfTime) return { plan: 'late', detail: error.message }
    // RangeError: a structure that points outside what was read of it.
    if (error instanceof BudgetSpent || error instanceof TooMuchToScrub || error instanceof RangeError)
      return { plan: 'unsafe', detail: `${error.name}: ${error.message}` }
    throw error
  }
}

/** AAC without a container goes by the same name as M4A, and may open with anything but a box: tags, half a frame. */
export async function isBareAac(source: BlockSource): Promise<boolean> {
  return nameIsoFamily(await source.read(0, Math.min(source.bytes, isoHeadBytes))) === null
}

const isoHeadBytes = 16
