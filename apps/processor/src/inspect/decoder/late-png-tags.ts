// What a PNG says of itself behind its pixels, where libvips does not look and some editors write. No turn is taken from
// there: browsers heed none (CSS Images 3; PNG, third edition, 5.6). Called by read-header.
import type { Metadata } from 'sharp'
import { listPngChunks } from './png-chunks.ts'

const xmpKeyword = 'XML:com.adobe.xmp\0'

/** The same with Exif and XMP from wherever they stand; what libvips found goes first. */
export function addLateTags(metadata: Metadata, png: Buffer): Metadata {
  const late: Pick<Metadata, 'exif' | 'xmp'> = {}
  for (const { name, data } of listPngChunks(png)) {
    if (name === 'eXIf') late.exif ??= data
    else if (name === 'iTXt' && data.toString('latin1', 0, xmpKeyword.length) === xmpKeyword) late.xmp ??= data
  }
  return { ...late, ...metadata }
}
