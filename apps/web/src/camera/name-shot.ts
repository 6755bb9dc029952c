import { Shot } from '../upload/shot.ts'

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
}

/** A photo or clip as a file, named by the moment on the person's own clock: `2026-06-15 14.30.05.jpg`. */
export function toFile(content: Blob, takenAt: Date): Shot {
  const type = content.type.split(';', 1)[0] ?? ''
  const two = (part: number) => String(part).padStart(2, '0')
  const day = [takenAt.getFullYear(), two(takenAt.getMonth() + 1), two(takenAt.getDate())].join('-')
  const time = [takenAt.getHours(), takenAt.getMinutes(), takenAt.getSeconds()].map(two).join('.')
  return new Shot([content], `${day} ${time}.${extensions[type] ?? 'bin'}`, { type, lastModified: takenAt.getTime() })
}
