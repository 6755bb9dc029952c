// Saves originals, one after the other, each under a link of its own. The browser's own downloads do the rest.
import { api } from '../api/client.ts'
import { isRefusedWith } from '../api/refusal.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'

/** Browsers drop downloads that begin at the same moment. Milliseconds. */
const betweenMs = 400

export async function saveOriginals(ids: readonly MediaId[]): Promise<void> {
  let missing = 0
  for (const [i, mediaId] of ids.entries()) {
    if (i > 0) await new Promise((resolve) => setTimeout(resolve, betweenMs))
    try {
      const { url, fileName } = await api.originals.sign.query({ mediaId })
      const link = document.createElement('a')
      link.href = url
      link.download = fileName
      link.click()
    } catch (error) {
      if (!isRefusedWith(error, 'not_found')) throw error
      missing += 1
    }
  }
  if (missing > 0) showToast(galleryWords.notSaved(missing))
}
