// The words of the opened item, in English. Apart from the rest, because they are fetched with it.
import { en } from './en.ts'

const numbers = new Intl.NumberFormat('en')
const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })
const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

type CaptionsNamed = { readonly language: string | null; readonly label: string | null }

type Exposure = {
  shutterSeconds?: number | undefined
  fNumber?: number | undefined
  iso?: number | undefined
  focalLengthMm?: number | undefined
  focalLength35Mm?: number | undefined
}

/** `1/250 s` below a third of a second, `2.5 s` from there on. */
const shutter = (seconds: number): string =>
  seconds < 0.3 ? `1/${numbers.format(Math.round(1 / seconds))} s` : `${Number(seconds.toFixed(1))} s`

const focalLength = (mm: number, on35Mm: number | undefined): string =>
  on35Mm === undefined || Math.round(on35Mm) === Math.round(mm)
    ? `${Number(mm.toFixed(1))} mm`
    : `${Number(mm.toFixed(1))} mm (${Math.round(on35Mm)} mm on 35 mm film)`

/** `UTC+02:00`, as on the camera's clock. */
const offset = (minutes: number): string => {
  const size = Math.abs(minutes)
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'))
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '−' : '+'}${hours}:${rest}`
}

/** Where codecs are named by their makers otherwise than in files. */
const codecs: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'HEVC',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  prores: 'ProRes',
  mpeg4: 'MPEG-4',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  alac: 'Apple Lossless',
  ac3: 'Dolby Digital',
  eac3: 'Dolby Digital Plus',
  dts: 'DTS',
}

export const enViewer = {
  label: (name: string) => `${name}, opened`,
  previous: 'Previous',
  next: 'Next',
  details: 'Details',
  download: 'Download',
  loading: 'Loading',
  back: 'Back to the photos',
  failed: 'This picture did not load.',
  gone: 'This photo is not here, or no longer here.',
  hdr: 'HDR',
  held: 'Waits for a review',
  heldLong: 'Only you see it until a moderator has looked at it.',
  hdrLong: 'High dynamic range',
  caption: 'Caption',
  altText: 'Description',
  altTextHint: 'For people who cannot see it.',
  tooLong: (max: number) => `Use at most ${numbers.format(max)} characters.`,
  addDescription: 'Add a caption',
  edit: 'Edit',
  editDescription: 'Edit caption and description',
  save: 'Save',
  cancel: 'Cancel',
  useAsCover: 'Use as cover of the group',
  coverSet: 'That is the cover now.',
  comments: {
    title: 'Comments',
    count: (count: number) => `Comments, ${numbers.format(count)}`,
    none: 'Nobody has said anything yet.',
    failed: 'The comments did not load.',
    write: 'Write a comment',
    add: 'Send',
    more: 'Show earlier comments',
    left: (count: number) =>
      count < 0 ? `${numbers.format(-count)} characters too many` : `${numbers.format(count)} characters left`,
    removeOne: (name: string) => `Remove the comment by ${name}`,
    removed: 'The comment is removed.',
  },
  player: {
    play: 'Play',
    pause: 'Pause',
    mute: 'Mute',
    position: 'Position',
    at: (time: string, length: string) => `${time} of ${length}`,
    failed: 'This did not play. Check your connection and try again.',
    unknown: (format: string) => `Your browser cannot play ${format}.`,
    soundOnly: (format: string) => `Your browser can only play the sound of ${format}.`,
    elsewhere: 'It is stored safely. Another browser or player can open it.',
    openFile: 'Open the file',
    notPlayable: { video: 'This video cannot be played here.', audio: 'This audio file cannot be played here.' },
    kept: 'It is stored safely. Download it to open it in another program.',
    onlyOwner: (name: string) => `We could make no copy of it that is safe to share: only ${name} can download it.`,
  },
  slideshow: {
    title: 'Slideshow',
    started: (seconds: number) => `Slideshow, ${seconds} seconds each. Space pauses, Escape ends it.`,
    pause: 'Pause',
    resume: 'Go on',
    paused: 'Slideshow paused.',
    resumed: 'Slideshow goes on.',
    seconds: 'Seconds for each photo',
    each: (seconds: number) => `${seconds} s`,
    fullScreen: 'Full screen',
    stop: 'End the slideshow',
    end: 'That was the last one.',
  },
  captions: {
    title: 'Captions',
    off: 'None',
    name: ({ language, label }: CaptionsNamed, number: number): string =>
      label ?? (language === null ? `Captions ${number}` : (languages.of(language) ?? language)),
  },
  facts: {
    fileName: 'File',
    by: 'Added by',
    added: 'Added',
    taken: 'Taken',
    camera: 'Camera',
    lens: 'Lens',
    exposure: 'Exposure',
    place: 'Near',
    onlyYou: 'Only you see this.',
    kind: 'Type',
    size: 'Size',
    dimensions: 'Dimensions',
    duration: 'Length',
    codec: 'Format',
    artist: 'Artist',
    title: 'Title',
    album: 'Album',
    year: 'Year',
    failed: 'The rest did not load.',
    firstFrame: 'Only the first frame is shown: the animation is larger than we can play.',
  },
  takenSource: {
    exif: 'By the camera’s clock',
    xmp: 'As an editing program noted it',
    container: 'By the recorder’s clock',
  },
  noOffset: 'time zone not recorded',
  offset,
  exposure: ({ shutterSeconds, fNumber, iso, focalLengthMm, focalLength35Mm }: Exposure) =>
    [
      shutterSeconds === undefined ? '' : shutter(shutterSeconds),
      fNumber === undefined ? '' : `f/${Number(fNumber.toFixed(1))}`,
      iso === undefined ? '' : `ISO ${numbers.format(iso)}`,
      focalLengthMm === undefined ? '' : focalLength(focalLengthMm, focalLength35Mm),
    ]
      .filter((part) => part !== '')
      .join(' · '),
  place: ({ country, city }: { country: string; city: string | null }) =>
    [city, countries.of(country) ?? country].filter((part) => part !== null).join(', '),
  codec: (name: string) => codecs[name] ?? name,
  frameRate: (rate: number) => `${Number(rate.toFixed(2))} frames a second`,
  pixels: (width: number, height: number) => `${numbers.format(width)} × ${numbers.format(height)}`,
  /** Like a running time, but starting at nought: where a player stands. */
  clock: (seconds: number) => (seconds < 0.5 ? '0:00' : en.units.runningTime(seconds * 1000)),
}
