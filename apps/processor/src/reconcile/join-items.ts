// Rows and objects side by side, item by item: three streams in the same order are walked together, a page of each in
// memory. UUIDs sort in Postgres as their text does in S3.
import type { ReconciledRow } from '@shoebox/db/stores/reconcile-store.ts'
import type { MediaId } from '@shoebox/shared/ids.ts'
import { parseMediaKey } from '@shoebox/shared/upload/object-keys.ts'
import type { Item, ItemObject } from './judge-item.ts'

type Pages<T> = AsyncIterable<readonly T[]>

export type ItemStreams = {
  readonly rows: Pages<ReconciledRow>
  /** Of the media bucket, by root: originals and views. Keys that are not made here are passed over. */
  readonly objects: readonly Pages<ItemObject>[]
}

export async function* joinItems({ rows, objects }: ItemStreams): AsyncGenerator<Item> {
  const rowStream = walk(rows, ({ id }) => id)
  const objectStreams = objects.map((pages) => walk(pages, ({ key }) => parseMediaKey(key)?.mediaId ?? null))
  for (;;) {
    const streams = [rowStream, ...objectStreams]
    const ids = await Promise.all(streams.map((stream) => stream.nextId()))
    const id = ids.filter((one) => one !== null).toSorted()[0]
    if (id === undefined) return
    const [row = null] = await rowStream.takeAll(id)
    const found: ItemObject[] = []
    for (const stream of objectStreams) found.push(...(await stream.takeAll(id)))
    yield { id, row, objects: found }
  }
}

function walk<T>(pages: Pages<T>, idOf: (entry: T) => MediaId | null) {
  const iterator = pages[Symbol.asyncIterator]()
  let page: readonly T[] = []
  let at = 0

  /** The next entry that has an id, or null at the end. */
  async function peek(): Promise<{ entry: T; id: MediaId } | null> {
    for (;;) {
      for (; at < page.length; at += 1) {
        const entry = page[at]
        const id = entry === undefined ? null : idOf(entry)
        if (entry !== undefined && id !== null) return { entry, id }
      }
      const next: IteratorResult<readonly T[], unknown> = await iterator.next()
      if (next.done === true) return null
      page = next.value
      at = 0
    }
  }

  return {
    nextId: async () => (await peek())?.id ?? null,
    async takeAll(id: MediaId): Promise<T[]> {
      const taken: T[] = []
      for (let next = await peek(); next?.id === id; next = await peek()) {
        taken.push(next.entry)
        at += 1
      }
      return taken
    },
  }
}
