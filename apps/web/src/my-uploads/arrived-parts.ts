// How much has arrived of the large uploads of a list that are not finished: S3 is asked one after another, once a visit.
import { methodFor } from '@shoebox/shared/upload/policy.ts'
import type { Outputs } from '../api/client.ts'
import type { MediaId } from '../feed/feed-item.ts'

/** The parts that S3 has. No file has more than one answer names. */
export type ListParts = (mediaId: MediaId) => Promise<Outputs['uploads']['listParts']>

type Receipt = Pick<Outputs['uploads']['mine']['items'][number], 'mediaId' | 'state' | 'declaredBytes'>

export type Arrived = {
  readonly bytes: number
  /** All of it is there and is being inspected: there is nothing to send. */
  readonly isWhole: boolean
}

export function createArrivedParts(
  listParts: ListParts,
  items: () => readonly Receipt[],
  onArrived: (mediaId: MediaId, arrived: Arrived) => void,
) {
  /** By what was asked for; undefined where nothing is known. */
  const answers = new Map<MediaId, Arrived | undefined>()
  let isLooking = false
  let isStopped = false

  const findNext = () =>
    items().find(
      ({ mediaId, state, declaredBytes }) =>
        state === 'reserved' && methodFor(declaredBytes) === 'multipart' && !answers.has(mediaId),
    )
  const ask = async (mediaId: MediaId) => {
    try {
      const { isReceived, parts } = await listParts(mediaId)
      const arrived = { bytes: parts.reduce((sum, part) => sum + part.bytes, 0), isWhole: isReceived }
      answers.set(mediaId, arrived)
      onArrived(mediaId, arrived)
    } catch {
      // Nothing of it was sent yet, or it has its end.
      answers.set(mediaId, undefined)
    }
  }

  return {
    /** The item as it is read again, with what is known of it. */
    addTo<R extends Receipt>(item: R): R & { readonly arrived?: Arrived } {
      const arrived = answers.get(item.mediaId)
      return arrived === undefined ? item : { ...item, arrived }
    },
    /** Goes on with whatever the list holds by then. */
    async look(): Promise<void> {
      if (isLooking) return
      isLooking = true
      for (let next = findNext(); next !== undefined && !isStopped; next = findNext()) await ask(next.mediaId)
      isLooking = false
    },
    /** The list is seen no more. */
    stop: () => void (isStopped = true),
  }
}
