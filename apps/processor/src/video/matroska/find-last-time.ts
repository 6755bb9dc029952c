// How long a Matroska or WebM file is that does not say so: when the last of its blocks is shown, as far as its last
// cluster tells.
import type { BlockSource } from '../reader/block-source.ts'
import { searchTail } from '../reader/search-tail.ts'
import { readElement } from './ebml.ts'
import { readBlock } from './matroska-block.ts'
import { Nested } from './matroska-elements.ts'
import { readHead } from './matroska-head.ts'
import { matroskaIds as ids } from './matroska-ids.ts'

const clusterMark = Uint8Array.of(0x1f, 0x43, 0xb6, 0x75)

/**
 * In seconds; null where no cluster of these tracks is found near the end, and for other files.
 * @param tracks their numbers
 */
export async function findLastTime(source: BlockSource, tracks: ReadonlySet<number>): Promise<number | null> {
  const head = await readHead(source)
  if (head === null) return null
  const ticks = await searchTail(source, clusterMark, (tail, at) => findLastTicks(tail.subarray(at), tracks))
  return ticks === null ? null : (ticks * head.scaleNs) / 1e9
}

/** @param bytes from the beginning of a cluster to the end of the file */
function findLastTicks(bytes: Uint8Array, tracks: ReadonlySet<number>): number | null {
  const cluster = readElement(bytes, 0)
  if (cluster === null) return null
  let clusterTicks: number | null = null
  let last: number | null = null
  // Clusters of live recordings have no end but the next one, in which nothing was found.
  for (const element of new Nested(bytes.subarray(cluster.bodyStart, cluster.end ?? bytes.length)).walk()) {
    if (element.id === ids.timestamp) clusterTicks = element.value()
    const block = readBlock(element)
    if (block === null || clusterTicks === null || !tracks.has(block.track)) continue
    last = Math.max(last ?? 0, clusterTicks + block.offsetTicks + (block.durationTicks ?? 0))
  }
  return last
}
