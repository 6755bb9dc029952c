import type { CaptureDetails } from '@shoebox/shared/messages/capture-details.schema.ts'
import { findPlace, type Position } from './find-place.ts'

/** What a file says of how it came to be, before the place is made coarse. */
export type Capture = Omit<CaptureDetails, 'place'> & {
  /** Exact: for finding the place, and for nothing else. */
  readonly position: Position | null
}

/** The part of an outcome that tells of it; nothing when the file says nothing. */
export async function describeCapture(said: Capture | null): Promise<{ capture?: CaptureDetails }> {
  if (said === null) return {}
  const { position, ...words } = said
  const capture = { ...words, place: position === null ? null : await findPlace(position) }
  return Object.values(capture).every((part) => part === null) ? {} : { capture }
}
