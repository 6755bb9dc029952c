// The files themselves, as they were added: saved one after the other, each under a link that is signed in its turn.
import { createSignal, onCleanup, Show, type JSX } from 'solid-js'
import { api } from '../api/client.ts'
import { saveOriginals } from '../gallery/save-originals.ts'
import { Icon } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { accountWords } from '../words/account-words.ts'
import { sentenceForError } from '../words/words.ts'
import { Section } from './own-screen.tsx'

const words = accountWords.data

export function OriginalsSection(): JSX.Element {
  /** How many were begun; undefined while none is. */
  const [begun, setBegun] = createSignal<number>()
  let isLeft = false
  onCleanup(() => (isLeft = true))

  const saveAll = async () => {
    setBegun(0)
    try {
      let page = await api.uploads.mine.query({})
      for (;;) {
        const ids = page.items.filter(({ state }) => state === 'ready').map(({ mediaId }) => mediaId)
        await saveOriginals(ids)
        setBegun((count = 0) => count + ids.length)
        if (isLeft) return
        if (page.nextCursor === null) break
        page = await api.uploads.mine.query({ cursor: page.nextCursor })
      }
      showToast(words.originalsDone(begun() ?? 0))
    } catch (error) {
      showToast(sentenceForError(error))
    }
    setBegun(undefined)
  }

  return (
    <Section title={words.originalsTitle}>
      <p class="text-soft">{words.originalsWhat}</p>
      <button
        type="button"
        class="button button-quiet self-start"
        disabled={begun() !== undefined}
        onClick={() => void saveAll()}
      >
        <Icon name="download" size={20} />
        {words.originalsSave}
      </button>
      <Show when={begun()}>{(count) => <p role="status">{words.originalsSaving(count())}</p>}</Show>
    </Section>
  )
}
