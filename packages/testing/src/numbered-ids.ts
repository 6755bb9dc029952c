// Ids that a reader of a failed test can tell apart: the same kind and number give the same id in every run.
import { makeId, type Id, type IdKind } from '@shoebox/shared/ids.ts'

const epochMs = Date.UTC(2026, 0, 1)

/** The n-th id of a kind. Ids of a kind sort by their number, as real ones sort by creation. */
export function numberedId<K extends IdKind>(kind: K, n: number): Id<K> {
  const random = new Uint8Array(10)
  new DataView(random.buffer).setUint32(6, n)
  return makeId(kind, epochMs + n, random)
}
