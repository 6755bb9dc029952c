// The only place where the state of a file on its way changes. An event that does not fit the state (a late answer for a
// cancelled file, progress after the end) changes nothing, so callers need not check first. Only the queue writes: whoever
// shows rows does without this.
import type { FeedItem, MediaId } from '../feed/feed-item.ts'
import type { Refusal } from '../api/refusal.ts'
import { mayRetry } from './may-retry.ts'
import { isDuplicate, openStates, type ItemState, type Trouble, type UploadItem } from './upload-item.ts'

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
  ready: openStates,
  refuse: openStates,
  fail: openStates,
  cancel: [...openStates, 'failed', 'refused'],
  late: ['cancelled'],
  retry: ['failed', 'refused'],
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
      return beginAnew(item)
    // Another row goes on with its reservation.
    case 'yield':
      return { ...item, state: 'cancelled', mediaId: null }
    case 'insist':
      return isDuplicate(item) ? { ...beginAnew(item), allowDuplicate: true } : item
    case 'retry':
      if (item.state === 'refused') return mayRetry(item) ? beginAnew(item) : item
      return {
        ...item,
        state: item.mediaId === null ? 'waiting' : 'reserved',
        trouble: null,
        sentBytes: item.arrivedBytes,
      }
  }
}

/** As if it had just been added: nothing that its reservation brought is left. */
const beginAnew = (item: UploadItem): UploadItem => ({
  ...item,
  state: 'waiting',
  mediaId: null,
  refusal: null,
  detectedType: null,
  duplicateOf: null,
  sentBytes: 0,
  arrivedBytes: 0,
  isSlow: false,
})
