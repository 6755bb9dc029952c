// All files of this visit, by the order they were added. Whoever changes one says so through apply().
import { judgeDeclaredFile } from '@shoebox/shared/upload/policy.ts'
import { kindOf } from '@shoebox/shared/media/kinds.ts'
import type { MediaId } from '../feed/feed-item.ts'
import type { Destination } from './destination.ts'
import { applyEvent, type UploadEvent } from './apply-event.ts'
import type { UploadItem } from './upload-item.ts'

export type UploadListDeps = {
  readonly onAdded: (items: readonly UploadItem[]) => void
  readonly onChanged: (after: UploadItem, before: UploadItem) => void
}

export type ToAdd = { readonly file: File; readonly destination: Destination; readonly allowDuplicate?: boolean }

export class UploadList {
  readonly #deps: UploadListDeps
  readonly #items: UploadItem[] = []
  readonly #keys = new Map<MediaId, number>()

  constructor(deps: UploadListDeps) {
    this.#deps = deps
  }

  /** Takes files in; those the policy refuses are refused at once. Returns the ones to send. */
  add(wishes: readonly ToAdd[]): UploadItem[] {
    const added = wishes.map((wish, i) => judgeFile(wish, this.#items.length + i))
    this.#items.push(...added)
    this.#deps.onAdded(added)
    return added.filter((item) => item.state === 'waiting')
  }

  get(key: number): UploadItem | undefined {
    return this.#items[key]
  }

  all(): readonly UploadItem[] {
    return this.#items
  }

  keyOf(mediaId: MediaId): number | undefined {
    return this.#keys.get(mediaId)
  }

  /** True when the event fitted the item's state and changed it. */
  apply(key: number, event: UploadEvent): boolean {
    const before = this.#items[key]
    if (before === undefined) return false
    const after = applyEvent(before, event)
    if (after === before) return false
    this.#items[key] = after
    if (before.mediaId !== null && after.mediaId !== before.mediaId) this.#keys.delete(before.mediaId)
    if (after.mediaId !== null) this.#keys.set(after.mediaId, key)
    this.#deps.onChanged(after, before)
    return true
  }
}

function judgeFile({ file, destination, allowDuplicate = false }: ToAdd, key: number): UploadItem {
  const verdict = judgeDeclaredFile({ name: file.name, type: file.type, bytes: file.size })
  const item: UploadItem = {
    key,
    file,
    destination,
    kind: verdict.ok ? kindOf(verdict.value.type) : null,
    state: 'waiting',
    sentBytes: 0,
    arrivedBytes: 0,
    mediaId: null,
    refusal: null,
    trouble: null,
    detectedType: null,
    duplicateOf: null,
    shown: null,
    isSlow: false,
    allowDuplicate,
  }
  return verdict.ok ? item : applyEvent(item, { type: 'refuse', refusal: verdict.refusal })
}
