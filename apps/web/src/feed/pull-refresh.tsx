// Pulled down at its beginning, a list looks for what is new: for installed pages, whose browser offers no reload.
import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { announce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import { screenWords } from '../words/screen-words.ts'

/** Half of what the finger moves, as rubber does. */
const pulledShare = 0.5
const enoughPx = 64
const pulledMaxPx = 96

export const mayPull = (): boolean => matchMedia('(display-mode: standalone) and (any-pointer: coarse)').matches

export function PullRefresh(props: { onRefresh: () => Promise<unknown> }): JSX.Element {
  const [pulledPx, setPulled] = createSignal(0)
  const [isBusy, setBusy] = createSignal(false)
  let fromPx: number | null = null

  const begin = ({ touches }: TouchEvent) => {
    const [finger] = touches
    const isFree = touches.length === 1 && scrollY <= 0 && !isBusy() && document.querySelector('dialog[open]') === null
    fromPx = isFree && finger !== undefined ? finger.clientY : null
    if (fromPx === null) setPulled(0)
  }
  const follow = ({ touches: [finger] }: TouchEvent) => {
    if (fromPx === null || finger === undefined) return
    if (scrollY > 0) fromPx = null
    setPulled(fromPx === null ? 0 : Math.min(pulledMaxPx, Math.max(0, (finger.clientY - fromPx) * pulledShare)))
  }
  const end = async () => {
    const isEnough = fromPx !== null && pulledPx() >= enoughPx
    fromPx = null
    setPulled(0)
    if (!isEnough) return
    setBusy(true)
    announce(screenWords.feed.refreshing)
    await props.onRefresh().catch(() => undefined)
    setBusy(false)
  }

  onMount(() => {
    const { style } = document.documentElement
    style.overscrollBehaviorY = 'contain'
    const stop = new AbortController()
    const how = { passive: true, signal: stop.signal }
    document.addEventListener('touchstart', begin, how)
    document.addEventListener('touchmove', follow, how)
    document.addEventListener('touchend', () => void end(), how)
    document.addEventListener('touchcancel', begin, how)
    onCleanup(() => {
      stop.abort()
      style.overscrollBehaviorY = ''
    })
  })

  return (
    <Show when={pulledPx() > 0 || isBusy()}>
      <div
        aria-hidden="true"
        class="fixed top-0 left-1/2 z-30 grid size-11 -translate-x-1/2 place-items-center rounded-full border border-line bg-raised"
        classList={{ 'text-accent': pulledPx() >= enoughPx, pulse: isBusy() }}
        style={{ transform: `translate(-50%, ${isBusy() ? enoughPx : pulledPx()}px) rotate(${pulledPx() * 4}deg)` }}
      >
        <Icon name="retry" />
      </div>
    </Show>
  )
}
