import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { Icon } from '../ui/icon.tsx'
import { screenWords } from '../words/screen-words.ts'

/** Whoever is nearer to the top scrolls. In screens. */
const farScreens = 3

/** The way back for whoever is far down a list. The focus goes along: it would stay on a button that is gone. */
export function BackToTop(): JSX.Element {
  const [isFar, setFar] = createSignal(false)
  const look = () => setFar(scrollY > innerHeight * farScreens)
  onMount(() => {
    look()
    addEventListener('scroll', look, { passive: true })
    onCleanup(() => removeEventListener('scroll', look))
  })
  const go = () => {
    scrollTo({ top: 0, behavior: 'instant' })
    document.getElementById('content')?.focus({ preventScroll: true })
  }
  return (
    <Show when={isFar()}>
      <button
        type="button"
        class="fade button-icon fixed bottom-[calc(80px+env(safe-area-inset-bottom))] left-3 z-10 border border-line bg-raised wide:bottom-6 wide:left-25"
        aria-label={screenWords.feed.toTop}
        title={screenWords.feed.toTop}
        onClick={go}
      >
        <Icon name="up" />
      </button>
    </Show>
  )
}
