// Loads the next page a screen before it is needed. The button is there for whoever the observer fails.
import { Match, onCleanup, onMount, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'

export function FeedFoot(): JSX.Element {
  const { feed } = useShoebox()
  let foot: HTMLDivElement | undefined

  onMount(() => {
    if (foot === undefined) return
    const observer = new IntersectionObserver(
      (entries) => {
        // After a failure only the button asks again: an observer would hammer.
        if (entries.some((entry) => entry.isIntersecting) && feed.more() === 'idle') void loadAndLookAgain()
      },
      { rootMargin: '1200px' },
    )
    // Observing anew makes the observer answer again, for a page that did not fill the screen.
    const loadAndLookAgain = async () => {
      await feed.loadMore()
      if (foot === undefined) return
      observer.unobserve(foot)
      observer.observe(foot)
    }
    observer.observe(foot)
    onCleanup(() => {
      foot = undefined
      observer.disconnect()
    })
  })

  return (
    <div
      ref={(element) => (foot = element)}
      class="flex min-h-32 flex-col items-center justify-center gap-3 py-8 text-soft"
    >
      <Switch>
        <Match when={feed.more() === 'end'}>
          <p>{screenWords.feed.end}</p>
        </Match>
        <Match when={feed.more() === 'failed'}>
          <p role="alert">{screenWords.feed.moreFailed}</p>
          <button type="button" class="button button-quiet" onClick={() => void feed.loadMore()}>
            {words.fault.retry}
          </button>
        </Match>
        <Match when={true}>
          <button
            type="button"
            class="button button-quiet"
            disabled={feed.more() === 'loading'}
            onClick={() => void feed.loadMore()}
          >
            {feed.more() === 'loading' ? screenWords.viewer.loading : screenWords.feed.more}
          </button>
        </Match>
      </Switch>
    </div>
  )
}
