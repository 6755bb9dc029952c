// The one allow-list: what Shoebox takes, what it is called, and how large it may be. 1 MB = 2^20 bytes.

export type MediaKind = 'image' | 'video' | 'audio'

const MB = 2 ** 20

/** The largest file of each kind, in bytes. */
export const bytesMaxByKind = {
  image: 50 * MB,
  video: 2048 * MB,
  audio: 200 * MB,
} as const satisfies Record<MediaKind, number>

type MediaFormat = {
  readonly kind: MediaKind
  /** What people call it. */
  readonly label: string
  /** Extensions without the dot, the usual one first. */
  readonly extensions: readonly string[]
  /** Other names browsers and detectors use for the same type. */
  readonly aliases: readonly string[]
}

export const mediaFormats = {
  'image/jpeg': { kind: 'image', label: 'JPEG', extensions: ['jpg', 'jpeg'], aliases: ['image/jpg', 'image/pjpeg'] },
  'image/png': { kind: 'image', label: 'PNG', extensions: ['png'], aliases: ['image/apng', 'image/vnd.mozilla.apng'] },
  'image/webp': { kind: 'image', label: 'WebP', extensions: ['webp'], aliases: [] },
  'image/gif': { kind: 'image', label: 'GIF', extensions: ['gif'], aliases: [] },
  'image/avif': { kind: 'image', label: 'AVIF', extensions: ['avif'], aliases: ['image/avif-sequence'] },
  'image/heic': {
    kind: 'image',
    label: 'HEIC',
    extensions: ['heic', 'heif'],
    aliases: ['image/heif', 'image/heic-sequence', 'image/heif-sequence'],
  },
  'image/tiff': { kind: 'image', label: 'TIFF', extensions: ['tif', 'tiff'], aliases: [] },
  'video/mp4': { kind: 'video', label: 'MP4', extensions: ['mp4', 'm4v'], aliases: ['video/x-m4v'] },
  'video/quicktime': { kind: 'video', label: 'QuickTime', extensions: ['mov', 'qt'], aliases: [] },
  'video/webm': { kind: 'video', label: 'WebM', extensions: ['webm'], aliases: [] },
  'video/matroska': { kind: 'video', label: 'Matroska', extensions: ['mkv'], aliases: ['video/x-matroska'] },
  'audio/mpeg': { kind: 'audio', label: 'MP3', extensions: ['mp3'], aliases: ['audio/mp3'] },
  'audio/mp4': {
    kind: 'audio',
    label: 'M4A',
    extensions: ['m4a', 'aac'],
    aliases: ['audio/x-m4a', 'audio/aac', 'audio/m4a'],
  },
  'audio/ogg': {
    kind: 'audio',
    label: 'Ogg',
    extensions: ['ogg', 'oga', 'opus'],
    aliases: ['audio/opus', 'application/ogg', 'audio/ogg; codecs=opus'],
  },
  'audio/flac': { kind: 'audio', label: 'FLAC', extensions: ['flac'], aliases: ['audio/x-flac'] },
  'audio/wav': {
    kind: 'audio',
    label: 'WAV',
    extensions: ['wav'],
    aliases: ['audio/vnd.wave', 'audio/wave', 'audio/x-wav'],
  },
} as const satisfies Record<string, MediaFormat>

export type MediaType = keyof typeof mediaFormats

export const mediaTypes = Object.keys(mediaFormats) as MediaType[]

const typeByName = new Map<string, MediaType>()
const typeByExtension = new Map<string, MediaType>()
for (const type of mediaTypes) {
  for (const name of [type, ...mediaFormats[type].aliases]) typeByName.set(name, type)
  for (const extension of mediaFormats[type].extensions) typeByExtension.set(extension, type)
}

/** The allowed media type for a MIME name in any of its spellings, or null when Shoebox does not take it. */
export const findMediaType = (mimeName: string): MediaType | null =>
  typeByName.get(mimeName.trim().toLowerCase()) ?? null

/** The media type that a file name's extension promises, or null. Only a guess: phones and desktops leave `File.type` empty. */
export function findMediaTypeByFileName(fileName: string): MediaType | null {
  const dot = fileName.lastIndexOf('.')
  return dot < 0 ? null : (typeByExtension.get(fileName.slice(dot + 1).toLowerCase()) ?? null)
}

export const kindOf = (type: MediaType): MediaKind => mediaFormats[type].kind
