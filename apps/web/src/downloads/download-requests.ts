// What somebody wants to download in bulk. Part of the first load, so little: everything else comes with the panel, which
// is fetched when there is something to show in it.
import { createSignal } from 'solid-js'
import type { MediaId } from '@shoebox/shared/ids.ts'

export type DownloadRequest = {
  /** What the zips are called. */
  readonly title: string
  /** The items, a page at a time. */
  readonly list: () => AsyncIterable<readonly MediaId[]>
  /** With the file of the person's data, which must be ready. */
  readonly withData?: boolean
}

const hintKey = 'shoebox.downloads'

function readHint(): boolean {
  try {
    return localStorage.getItem(hintKey) !== null
  } catch {
    return false
  }
}

const [isWanted, setWanted] = createSignal(readHint())
const [requests, setRequests] = createSignal<readonly DownloadRequest[]>([])

/** Whether there is, or may be from before a reload, a download to show. */
export const isDownloadWanted = isWanted

export function beginDownload(request: DownloadRequest): void {
  setRequests((waiting) => [...waiting, request])
  wantDownloads(true)
}

export function wantDownloads(wanted: boolean): void {
  setWanted(wanted)
  try {
    if (wanted) localStorage.setItem(hintKey, '1')
    else localStorage.removeItem(hintKey)
  } catch {
    // Without storage nothing is shown again after a reload, and nothing was kept.
  }
}

/** Hands each request over once. Reactive. */
export function takeRequests(): readonly DownloadRequest[] {
  const taken = requests()
  if (taken.length > 0) setRequests([])
  return taken
}
