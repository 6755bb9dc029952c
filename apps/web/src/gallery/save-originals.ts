// Saves originals: one under a link of its own, several as zips.
import { api } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import { beginDownload } from '../downloads/download-requests.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'

/** `title`: what the zips are called. */
export async function saveOriginals(ids: readonly MediaId[], title: string): Promise<void> {
  const [mediaId] = ids
  if (mediaId === undefined) return
  if (ids.length > 1) return beginDownload({ title, list: () => listOnce(ids) })
  try {
    const { url, fileName } = await api.originals.sign.query({ mediaId })
    const link = document.createElement('a')
    link.href = url
    link.download = fileName
    link.click()
  } catch (error) {
    if (!isRefusedWith(error, 'not_found')) throw error
    showToast(galleryWords.notSaved(1))
  }
}

async function* listOnce(ids: readonly MediaId[]): AsyncGenerator<readonly MediaId[]> {
  yield ids
}
