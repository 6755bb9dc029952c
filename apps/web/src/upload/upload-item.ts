// One file on its way, and the only place where its state changes. An event that does not fit the state (a late answer
// for a cancelled file, progress after the end) changes nothing, so callers need not check first.
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

export type UploadEvent =
  | {
      readonly type:
        | 'check'
        | 'send'
        | 'receive'
        | 'inspect'
        | 'slow'
        | 'cancel'
        | 'late'
        | 'retry'
        | 'pause'
        | 'lose'
        | 'yield'
        | 'insist'
    }
  /** `arrivedBytes`: what is there already of one that is taken up again. */
  | { readonly type: 'reserve'; readonly mediaId: MediaId; readonly arrivedBytes?: number }
  | { readonly type: 'progress'; readonly sentBytes: number }
  | { readonly type: 'arrive'; readonly arrivedBytes: number }
  | {
      readonly type: 'refuse'
      readonly refusal: Refusal
      readonly detectedType?: string | null
      readonly duplicateOf?: MediaId | null
    }
  | { readonly type: 'ready'; readonly shown?: FeedItem | null; readonly detectedType?: string | null }
  | { readonly type: 'fail'; readonly trouble: Trouble }

const open = ['waiting', 'checking', 'reserved', 'sending', 'received', 'inspecting'] as const satisfies ItemState[]

export const itemStates = [...open, 'ready', 'refused', 'failed', 'cancelled', 'expired'] as const satisfies ItemState[]

/** The states each event may find. */
const fitting: Record<UploadEvent['type'], readonly ItemState[]> = {
  check: ['waiting'],
  reserve: ['waiting', 'checking'],
  send: ['reserved', 'sending'],
  progress: ['sending'],
  arrive: ['reserved', 'sending'],
  receive: ['reserved', 'sending'],
  inspect: ['received'],
  slow: ['received', 'inspecting'],
  ready: open,
  refuse: open,
  fail: open,
  cancel: [...open, 'failed'],
  late: ['cancelled'],
  retry: ['failed'],
  pause: ['reserved', 'sending'],
  lose: ['reserved', 'sending'],
  yield: ['failed'],
  insist: ['refused'],
}

export function applyEvent(item: UploadItem, event: UploadEvent): UploadItem {
  if (!fitting[event.type].includes(item.state)) return item
  switch (event.type) {
    case 'check':
      return { ...item, state: 'checking' }
    case 'reserve': {
      const { mediaId, arrivedBytes = 0 } = event
      return { ...item, state: 'reserved', mediaId, arrivedBytes, sentBytes: arrivedBytes }
    }
    case 'send':
      return { ...item, state: 'sending', sentBytes: item.arrivedBytes }
    case 'arrive':
      return { ...item, arrivedBytes: event.arrivedBytes }
    case 'progress':
      return { ...item, sentBytes: event.sentBytes }
    case 'receive':
      return { ...item, state: 'received', sentBytes: item.file.size }
    case 'inspect':
      return { ...item, state: 'inspecting' }
    case 'slow':
      return { ...item, isSlow: true }
    case 'ready': {
      const { shown = null, detectedType = null } = event
      return { ...item, state: 'ready', shown, detectedType, sentBytes: item.file.size, isSlow: false }
    }
    case 'refuse': {
      const { refusal, detectedType = null, duplicateOf = null } = event
      return { ...item, state: 'refused', refusal, detectedType, duplicateOf }
    }
    case 'fail':
      return { ...item, state: 'failed', trouble: event.trouble }
    case 'cancel':
      return { ...item, state: 'cancelled' }
    // The word came too late: it had arrived, and its end is what the API says.
    case 'late':
      return { ...item, state: 'received' }
    case 'pause':
      return { ...item, state: 'reserved', sentBytes: item.arrivedBytes }
    case 'lose':
      return { ...item, state: 'waiting', mediaId: null, sentBytes: 0, arrivedBytes: 0 }
    // Another row goes on with its reservation.
    case 'yield':
      return { ...item, state: 'cancelled', mediaId: null }
    case 'insist':
      return isDuplicate(item)
        ? { ...item, state: 'waiting', mediaId: null, refusal: null, duplicateOf: null, allowDuplicate: true }
        : item
    case 'retry':
      return {
        ...item,
        state: item.mediaId === null ? 'waiting' : 'reserved',
        trouble: null,
        sentBytes: item.arrivedBytes,
      }
  }
}

/** Still to be done by this page: leaving it now would lose the file, unless it is kept. */
export const isHere = (state: ItemState): boolean =>
  state === 'waiting' || state === 'checking' || state === 'reserved' || state === 'sending'

/** On its way, here or at the other end. */
export const isActive = (state: ItemState): boolean => (open as readonly ItemState[]).includes(state)

/** Did not arrive: it is tried again unasked, however often that fails. */
export const isBroken = ({ state, trouble }: UploadItem): boolean => state === 'failed' && trouble === 'network'

/** Nothing more can happen to its reservation. */
export const hasEnded = (state: ItemState): boolean =>
  state === 'ready' || state === 'refused' || state === 'cancelled' || state === 'expired'

/** Goes in parts. */
export const isLarge = ({ file }: UploadItem): boolean => methodFor(file.size) === 'multipart'

/** Refused only because the same content is there already: it may be added all the same. */
export const isDuplicate = (item: UploadItem): boolean => item.refusal?.code === 'duplicate'
