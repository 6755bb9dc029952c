// What a track entry says of a text track, and how its payloads become words.
import { inflateSync } from 'node:zlib'
import { matroskaIds as ids } from '../matroska/matroska-ids.ts'
import type { Nested } from '../matroska/matroska-elements.ts'
import { nameLanguage } from './name-language.ts'

export type MatroskaText = {
  readonly number: number
  readonly language: string | null
  readonly label: string | null
  /** Null for a payload that cannot be read. */
  readonly decode: (payload: Uint8Array) => string | null
}

const subtitles = 0x11
const cueBytesMax = 8 * 1024

/** Null for what is no text, or for text that is encrypted or packed in a way that nobody uses. */
export function describeMatroskaText(entry: Nested): MatroskaText | null {
  const number = entry.uint(ids.trackNumber)
  const toWords = wordsOf(entry.text(ids.codecId) ?? '')
  const unpack = unpackerOf(entry)
  const isOn = entry.uint(ids.flagEnabled) !== 0
  if (number === null || entry.uint(ids.trackType) !== subtitles || !isOn || toWords === null || unpack === null)
    return null
  const decode = (payload: Uint8Array) => {
    const bytes = unpack(payload)
    return bytes === null ? null : toWords(new TextDecoder().decode(bytes))
  }
  // The specification's default, for a file that does not say.
  const language = entry.text(ids.languageBcp47) ?? entry.text(ids.language) ?? 'eng'
  return { number, language: nameLanguage(language), label: entry.text(ids.trackName), decode }
}

function wordsOf(codec: string): ((text: string) => string) | null {
  if (/^S_TEXT\/(UTF8|ASCII|WEBVTT)$/.test(codec)) return (text) => text
  // An identifier and its settings have a line each.
  if (/^D_WEBVTT\/(SUBTITLES|CAPTIONS)$/.test(codec)) return (text) => text.split('\n').slice(2).join('\n')
  if (/^S_(TEXT\/)?(ASS|SSA)$/.test(codec)) return readStyledLine
  return null
}

/** Eight fields, then the text, with its styles in braces. Shapes are drawn with `\p`. */
function readStyledLine(line: string): string {
  const text = line.split(',').slice(8).join(',')
  if (/\{[^}]*\\p[1-9]/.test(text)) return ''
  return text
    .replace(/\{[^}]*\}/g, '')
    .replace(/\\[Nn]/g, '\n')
    .replaceAll('\\h', ' ')
}

/** Writers pack text with zlib, or leave out how every payload begins. */
function unpackerOf(entry: Nested): ((payload: Uint8Array) => Uint8Array | null) | null {
  const encodings = [...(entry.child(ids.contentEncodings)?.children(ids.contentEncoding) ?? [])]
  if (encodings.length === 0) return (payload) => payload
  const compression = encodings.length === 1 ? encodings[0]?.child(ids.contentCompression) : undefined
  if (compression == null) return null
  const start = compression.child(ids.contentCompSettings)?.bytes ?? new Uint8Array()
  switch (compression.uint(ids.contentCompAlgo) ?? 0) {
    case 0:
      return inflate
    case 3:
      return (payload) => Buffer.concat([start, payload])
    default:
      return null
  }
}

function inflate(payload: Uint8Array): Uint8Array | null {
  try {
    return inflateSync(payload, { maxOutputLength: cueBytesMax })
  } catch {
    return null
  }
}
