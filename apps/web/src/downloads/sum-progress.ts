// How far parts are together, how fast it goes and how long it takes.
import { createMemo } from 'solid-js'
import { createSpeed } from '../upload/upload-speed.ts'
import { downloadsWords } from '../words/downloads-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
import type { Part } from './download-part.ts'
import type { Downloads } from './downloads.ts'

export type Progress = {
  readonly bytes: number
  readonly savedBytes: number
  readonly bytesPerSecond: number
  readonly isSaving: boolean
  readonly isPaused: boolean
  readonly isOffline: boolean
  readonly isWaiting: boolean
  readonly missing: number
  readonly parts: number
  readonly partsDone: number
}

/** A part's size is an estimate until it is saved. */
export const savedOf = (downloads: Downloads, part: Part): number =>
  part.state === 'done' ? part.bytes : Math.min(part.bytes, downloads.progressOf(part)?.savedBytes ?? 0)

/** Must be called inside a reactive root. */
export function createProgress(downloads: Downloads, parts: () => readonly Part[]): () => Progress {
  const savedBytes = createMemo(() => parts().reduce((sum, part) => sum + savedOf(downloads, part), 0))
  const bytesPerSecond = createSpeed(savedBytes)
  return () => {
    const states = parts().map((part) => downloads.stateOf(part))
    const running = parts().filter((part) => downloads.stateOf(part) === 'running')
    return {
      bytes: parts().reduce((sum, part) => sum + part.bytes, 0),
      savedBytes: savedBytes(),
      bytesPerSecond: bytesPerSecond(),
      isSaving: states.includes('running') || states.includes('starting'),
      isPaused: states.includes('paused'),
      isOffline: running.some((part) => downloads.progressOf(part)?.isOffline),
      isWaiting: states.some((state) => state !== 'done'),
      missing: parts().reduce((sum, part) => sum + part.failures.length, 0),
      parts: states.length,
      partsDone: parts().filter(({ state }) => state === 'done').length,
    }
  }
}

/** One line, the same in the panel and on its pill. */
export function describeProgress(progress: Progress): string {
  const { units } = words
  if (!progress.isWaiting)
    return progress.missing === 0 ? downloadsWords.allSaved : downloadsWords.savedWithMissing(progress.missing)
  if (progress.isOffline) return downloadsWords.offline
  const said = [downloadsWords.of(units.size(progress.savedBytes), units.size(progress.bytes))]
  if (progress.isPaused) said.push(downloadsWords.states.paused)
  else if (!progress.isSaving) said.push(downloadsWords.waitingForYou)
  else if (progress.bytesPerSecond >= 1024) {
    const seconds = (progress.bytes - progress.savedBytes) / progress.bytesPerSecond
    said.push(
      screenWords.units.speed(progress.bytesPerSecond),
      downloadsWords.left(screenWords.units.timeLeft(seconds)),
    )
  }
  if (progress.parts > 1) said.push(downloadsWords.parts(progress.partsDone, progress.parts))
  return said.join(' · ')
}
