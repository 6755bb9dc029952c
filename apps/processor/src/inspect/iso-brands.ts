// MP4, QuickTime, M4A, AVIF and HEIC share one container. Which of them a file is stands in its `ftyp` box: the major
// brand first, then the list of compatible ones (ISO/IEC 14496-12; the image brands are in 23008-12 and AV1's AVIF).

const brandsMax = 64

/** The MIME name for a file that opens with an `ftyp` box, or as QuickTime did before there were any; null for others. */
export function nameIsoFamily(head: Uint8Array): string | null {
  const brands = readBrands(head)
  const [major] = brands
  if (major === undefined) return opensAsOldQuickTime(head) ? 'video/quicktime' : null
  const isImage = imageBrands.has(major) || (neutralBrands.has(major) && brands.some((brand) => imageBrands.has(brand)))
  if (isImage) return nameImage(brands)
  if (major === 'qt  ') return 'video/quicktime'
  if (audioBrands.has(major)) return 'audio/mp4'
  if (major === 'crx ') return 'image/x-canon-cr3'
  if (major.startsWith('3g2')) return 'video/3gpp2'
  if (major.startsWith('3g')) return 'video/3gpp'
  return 'video/mp4'
}

/** `mif1` and `msf1` only say "some HEIF picture": the codec stands among the compatible brands. */
const imageBrands = new Set([
  ...['avif', 'avis', 'heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'mif2', 'mif3'],
  // Stills in codecs that are not read here: H.264, JPEG, JPEG 2000, VVC, EVC, none at all.
  ...['avci', 'jpeg', 'j2ki', 'vvic', 'evbi', 'evmi', 'unif'],
])
/** Brands that promise nothing about what is inside. */
const neutralBrands = new Set(['isom', 'iso2', 'miaf', 'MA1A', 'MA1B'])
const audioBrands = new Set(['M4A ', 'M4B ', 'F4A ', 'F4B '])

function nameImage(brands: readonly string[]): string {
  // The first brand that names a codec wins; the major brand stands first.
  for (const brand of brands) {
    if (brand === 'avif' || brand === 'avis') return 'image/avif'
    if (brand.startsWith('he')) return 'image/heic'
  }
  return 'image/heif'
}

/** First boxes of films from before 2001, and of those that a camera could not finish in the usual order. */
const oldFirstBoxes = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot'])

function opensAsOldQuickTime(head: Uint8Array): boolean {
  if (head.length < 16 || !oldFirstBoxes.has(fourCharacters(head, 4))) return false
  const size = new DataView(head.buffer, head.byteOffset).getUint32(0)
  // 0 means up to the end of the file, 1 that the size follows in 64 bits.
  return size < 2 || size >= 8
}

function readBrands(head: Uint8Array): string[] {
  if (head.length < 16) return []
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (fourCharacters(head, 4) !== 'ftyp') return []
  const end = Math.min(view.getUint32(0), head.length, 16 + 4 * brandsMax)
  const brands = [fourCharacters(head, 8)]
  // Bytes 12 to 15 are the minor version.
  for (let at = 16; at + 4 <= end; at += 4) brands.push(fourCharacters(head, at))
  return brands
}

const fourCharacters = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))
