import { CustomSource } from 'mediabunny'
import type { ByteView } from './block-source.ts'

type Range = { readonly start: number; readonly end: number }

/** A stored object as mediabunny reads it, or a part of it as if that were the whole. */
export const toSource = (source: ByteView, part: Range = { start: 0, end: source.bytes }): CustomSource =>
  new CustomSource({
    getSize: () => part.end - part.start,
    read: (start, end) => source.read(part.start + start, part.start + end),
    prefetchProfile: 'none',
    maxCacheSize: 256 * 1024,
    // Reads that nobody waits for any more may fail quietly: whoever needs the bytes asks again and hears it.
    handleUnhandledError: () => {},
  })
