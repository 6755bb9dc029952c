// One file on its way, as its row shows it.
import type { MediaKind } from '@shoebox/shared/media/kinds.ts'
import type { UploadState } from '@shoebox/shared/upload/lifecycle.ts'
import { methodFor } from '@shoebox/shared/upload/policy.ts'
import type { Refusal } from '../api/refusal.ts'
import type { FeedItem, MediaId } from '../feed/feed-item.ts'
import type { Destination } from './destination.ts'

export type ItemState = UploadState | 'waiting' | 'checking' | 'failed'

/** `network`: it did not arrive. `unreadable`: the browser could not read the file. */
export type Trouble = 'network' | 'unreadable'

export type UploadItem = {
  /** Position in the order of adding; never reused. */
  readonly key: number
  readonly file: File
  readonly destination: Destination
  readonly kind: MediaKind | null
  readonly state: ItemState
  readonly sentBytes: number
  /** Of the parts of a large file that S3 has: they need not travel again. */
  readonly arrivedBytes: number
  readonly mediaId: MediaId | null
  readonly refusal: Refusal | null
  readonly trouble: Trouble | null
  /** What it really is, where that is not what was declared. */
  readonly detectedType: string | null
  /** Refused as a duplicate: the item that has the same content. */
  readonly duplicateOf: MediaId | null
  /** What the feed shows of it, once it is ready. */
  readonly shown: FeedItem | null
  /** Inspecting for longer than people expect. */
  readonly isSlow: boolean
  /** Wanted although the same is there. */
  readonly allowDuplicate: boolean
}

export const openStates = [
  'waiting',
  'checking',
  'reserved',
  'sending',
  'received',
  'inspecting',
] as const satisfies ItemState[]

export const itemStates = [
  ...openStates,
  'ready',
  'refused',
  'failed',
  'cancelled',
  'expired',
] as const satisfies ItemState[]

/** Still to be done by this page: leaving it now would lose the file, unless it is kept. */
export const isHere = (state: ItemState): boolean =>
  state === 'waiting' || state === 'checking' || state === 'reserved' || state === 'sending'

/** On its way, here or at the other end. */
export const isActive = (state: ItemState): boolean => (openStates as readonly ItemState[]).includes(state)

/** Did not arrive: it is tried again unasked, however often that fails. */
export const isBroken = ({ state, trouble }: UploadItem): boolean => state === 'failed' && trouble === 'network'

/** Tried again unasked once another day has begun. */
export const isOverDay = ({ state, refusal }: UploadItem): boolean =>
  state === 'refused' && refusal?.code === 'over_day_quota'

/** Nothing more can happen to its reservation. */
export const hasEnded = (state: ItemState): boolean =>
  state === 'ready' || state === 'refused' || state === 'cancelled' || state === 'expired'

/** Goes in parts. */
export const isLarge = ({ file }: UploadItem): boolean => methodFor(file.size) === 'multipart'

/** Refused only because the same content is there already: it may be added all the same. */
export const isDuplicate = (item: UploadItem): boolean => item.refusal?.code === 'duplicate'
