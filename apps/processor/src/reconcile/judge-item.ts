// Whether what lies in S3 of one item is what its row says. Pure.
import type { ReconciledRow } from '@shoebox/db/stores/reconcile-store.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import {
  captionKey,
  copyKey,
  derivativeKey,
  originalKey,
  parseMediaKey,
  playKey,
} from '@shoebox/shared/upload/object-keys.ts'

export type ItemObject = { readonly key: string; readonly bytes: number; readonly modifiedMs: number }

export type Item = {
  readonly id: MediaId
  readonly row: ReconciledRow | null
  readonly objects: readonly ItemObject[]
}

export type ItemFinding = {
  readonly kind: 'original_missing' | 'derivative_missing' | 'stray_item' | 'stray_generation'
  readonly generation: string | null
  readonly objects: number
  readonly bytes: number
}

/** What settled later than this may have been listed before it was stored. */
export const freshMs = 60 * 60_000

/** Younger objects may belong to an upload that is still under way: a reservation lives 7 days. */
export const strayAfterMs = 8 * 24 * 60 * 60_000

export function judgeItem({ id, row, objects }: Item, nowMs: number): ItemFinding[] {
  const isOld = ({ modifiedMs }: ItemObject) => modifiedMs < nowMs - strayAfterMs
  if (row === null)
    return objects.length > 0 && objects.every(isOld) ? [{ kind: 'stray_item', generation: null, ...sum(objects) }] : []
  if (row.state === 'reserved') return []
  const shown = row.state === 'ready' && row.listing !== 'removed' ? row.generation : null
  const others = Map.groupBy(objects, ({ key }) => parseMediaKey(key)?.generation ?? '')
  if (shown !== null) others.delete(shown)
  const stray = [...others]
    .filter(([, of]) => of.every(isOld))
    .map(([generation, of]) => ({ kind: 'stray_generation', generation, ...sum(of) }) as const)
  return [...(shown === null ? [] : findMissing(id, row, shown, objects, nowMs)), ...stray]
}

function findMissing(
  id: MediaId,
  row: ReconciledRow,
  generation: string,
  objects: readonly ItemObject[],
  nowMs: number,
) {
  if ((row.settledAt?.getTime() ?? 0) > nowMs - freshMs) return []
  const there = new Set(objects.map(({ key }) => key))
  if (!there.has(originalKey(id, generation)))
    return [{ kind: 'original_missing', generation, objects: 1, bytes: row.bytes ?? 0 } as const]
  const required = [
    ...(row.derivatives ?? []).map((derivative) => ({
      key: derivativeKey(id, generation, derivative.name),
      bytes: derivative.bytes,
    })),
    ...(row.copyType !== null ? [{ key: copyKey(id, generation), bytes: 0 }] : []),
    ...(row.captions ?? []).map(({ bytes }, n) => ({ key: captionKey(id, generation, n + 1), bytes })),
    ...(row.hasPlay ? [{ key: playKey(id, generation), bytes: row.bytes ?? 0 }] : []),
  ]
  const missing = required.filter(({ key }) => !there.has(key))
  return missing.length === 0 ? [] : [{ kind: 'derivative_missing', generation, ...sum(missing) } as const]
}

const sum = (objects: readonly { readonly bytes: number }[]) => ({
  objects: objects.length,
  bytes: objects.reduce((total, { bytes }) => total + bytes, 0),
})
