// Names for the files of a download: each unique among all of its parts, so that they can be unpacked into one folder,
// and harmless wherever that is. A name comes from whoever uploaded the file.

/** Bytes of UTF-8. Folders on most systems allow 255; room is left for a number and a longer path. */
const nameBytesMax = 180

/** No letters: they hide, reorder or end what stands beside them. */
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g
/** Path separators, and what Windows refuses. */
const forbidden = /[<>:"/\\|?*]/g
/** Devices of Windows, with any extension. */
const devices = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)/i

/** What a zip itself is called. The first has no number: most downloads have no second. */
export const nameZip = (title: string, number: number): string =>
  makeSafeName(number === 1 ? `${title}.zip` : `${title} - ${number}.zip`)

/** Ours, in each zip; see manifest.ts. */
const manifests = /^manifest-\d+\.json$/i

/** A name that is one plain file in one folder on any system. */
export function makeSafeName(name: string): string {
  const plain = name.toWellFormed().normalize('NFC').replaceAll(unseen, '').replaceAll(forbidden, '_')
  // Windows drops dots and spaces at the end, and a dot at the start hides a file.
  const trimmed = plain.replace(/^[\s.]+/, '').replace(/[\s.]+$/, '')
  const named = trimmed === '' ? 'file' : trimmed
  return shorten(devices.test(named) || manifests.test(named) ? `_${named}` : named)
}

/** Gives each name out once; the next ones are numbered. Names that differ by case alone are the same on many disks. */
export function createNames(): (name: string) => string {
  const next = new Map<string, number>()
  const keyOf = (name: string) => name.toLowerCase().normalize('NFC')
  return (wished) => {
    const safe = makeSafeName(wished)
    const key = keyOf(safe)
    const { stem, extension } = split(safe)
    let name = safe
    for (let number = next.get(key) ?? 1; next.has(keyOf(name)); number += 1) {
      name = `${stem} (${number})${extension}`
      next.set(key, number + 1)
    }
    next.set(keyOf(name), next.get(keyOf(name)) ?? 2)
    return name
  }
}

/** The extension with its dot, if it looks like one. */
function split(name: string): { stem: string; extension: string } {
  const extension = /\.[^.\s]{1,10}$/.exec(name)?.[0] ?? ''
  return { stem: name.slice(0, name.length - extension.length), extension }
}

const encoder = new TextEncoder()

function shorten(name: string): string {
  if (encoder.encode(name).length <= nameBytesMax) return name
  const { stem, extension } = split(name)
  const room = nameBytesMax - encoder.encode(extension).length
  let length = 0
  let kept = ''
  for (const sign of stem) {
    length += encoder.encode(sign).length
    if (length > room) break
    kept += sign
  }
  return `${kept.replace(/[\s.]+$/, '')}${extension}`
}
