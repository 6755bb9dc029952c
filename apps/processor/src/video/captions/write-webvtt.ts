// Cues that strangers wrote, as a WebVTT file that holds nothing but their words: no markup, no styles, no positions.
import { cuesMax, type Cue } from './caption-track.ts'

const textCharactersMax = 500
const vttBytesMax = 512 * 1024
/** No film is longer; a start beyond it is nonsense. */
const latestMs = 24 * 60 * 60 * 1000

/**
 * Drones and dash cameras write where they are into text tracks. What looks like a position, or like a receiver's
 * sentence, is nobody's speech: the whole track stays behind.
 */
const placeLike =
  /[-+]?\d{1,3}[.,]\d{4,}|\bgps\b[^\p{L}]{0,12}\d|\b(lat|latitude|lon|lng|longitude)\b\s*[:=([]|\$G[PNLA][A-Z]{3},|\d\s*°\s*\d/iu

export const tellsPlace = (cues: readonly Cue[]): boolean => cues.some(({ text }) => placeLike.test(text))

/** Null when nothing is left to be shown. */
export function writeWebvtt(cues: readonly Cue[]): string | null {
  const blocks: string[] = []
  for (const { startMs, endMs, text } of cues.toSorted((one, other) => one.startMs - other.startMs)) {
    const words = toCueText(text)
    if (words === '' || !(startMs >= 0 && startMs < latestMs && endMs > startMs)) continue
    blocks.push(`${writeTime(startMs)} --> ${writeTime(Math.min(endMs, latestMs))}\n${words}\n`)
    if (blocks.length === cuesMax) break
  }
  const vtt = `WEBVTT\n\n${blocks.join('\n')}`
  return blocks.length === 0 || Buffer.byteLength(vtt) > vttBytesMax ? null : vtt
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', nbsp: ' ', lrm: '', rlm: '' }

function toCueText(text: string): string {
  const plain = text
    .replace(/<\/?[a-z\d][^<>\n]{0,200}>/gi, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => entities[name] ?? '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    // A blank line would end the cue; control and direction characters could make words look like others.
    .replace(/[^\P{C}\n\u200c\u200d]/gu, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
  return Array.from(plain)
    .slice(0, textCharactersMax)
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

function writeTime(ms: number): string {
  const whole = Math.round(ms)
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0')
  const [hours, minutes, seconds] = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1000) % 60].map(Math.floor)
  return `${pad(hours ?? 0, 2)}:${pad(minutes ?? 0, 2)}:${pad(seconds ?? 0, 2)}.${pad(whole % 1000, 3)}`
}
