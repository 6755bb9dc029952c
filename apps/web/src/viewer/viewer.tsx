// One item over its list, at its own address. A native modal dialog: the page behind is inert, the focus stays inside,
// Escape closes. Dark in both themes, since the picture is what is lit.
import {
  createEffect,
  createSignal,
  lazy,
  Match,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
  type JSX,
} from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { useLikeToggle } from '../feed/use-like-toggle.ts'
import { useGallery } from '../gallery/use-gallery.ts'
import { Icon } from '../ui/icon.tsx'
import { showToast, Toasts } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { sentenceForError } from '../words/words.ts'
import { Details } from './details.tsx'
import { Gestures } from './gestures.ts'
import type { Playback } from './playback.ts'
import { StagePicture } from './stage-picture.tsx'
import { ViewerBar } from './viewer-bar.tsx'
import { createViewing } from './viewing.ts'

const StagePlayer = lazy(() => import('./stage-player.tsx').then((file) => ({ default: file.StagePlayer })))
const GalleryFoot = lazy(() => import('./gallery-foot.tsx').then((file) => ({ default: file.GalleryFoot })))
const CommentsPanel = lazy(() => import('./comments-panel.tsx').then((file) => ({ default: file.CommentsPanel })))

export function Viewer(): JSX.Element {
  const { mediaId, item, fault, renew, neighbour, step, close, preloadNeighbours } = createViewing()
  const gallery = useGallery()
  const [panel, setPanel] = createSignal<'details' | 'comments' | null>(null)
  const flip = (name: 'details' | 'comments') => setPanel((shown) => (shown === name ? null : name))
  const galleryItem = () => {
    const id = mediaId()
    return id === null ? undefined : gallery?.timeline().find(id)
  }
  const toggleLike = useLikeToggle()
  let dialog: HTMLDialogElement | undefined
  let stage: HTMLDivElement | undefined
  let box: HTMLElement | undefined
  let playback: Playback | undefined
  const name = () => {
    const shown = item()
    return shown === undefined ? words.loading : nameItem(shown)
  }
  useTitle(name)

  const gestures = new Gestures({
    stage: () => stage,
    pictureSize: () => ({ width: box?.clientWidth ?? 0, height: box?.clientHeight ?? 0 }),
    onRelease: (meaning) => (meaning === 'close' ? close() : step(meaning === 'next' ? 1 : -1)),
    onTapBeside: () => close(),
  })
  createEffect(on(mediaId, () => gestures.reset()))
  onMount(() => {
    dialog?.showModal()
    // Itself, and not its first button: a key then means the item, and Space does not close it.
    dialog?.focus()
    // Keys mean the item also after the focus fell to the page, with a form that closed for instance.
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })

  const trash = () => {
    const { id, isMine } = galleryItem() ?? {}
    if (id === undefined || gallery === undefined) return
    if (!isMine && !isAtLeast(gallery.role(), 'admin')) return
    // What stands beside it is shown before it goes.
    if (neighbour(1) !== undefined) step(1)
    else if (neighbour(-1) !== undefined) step(-1)
    else close()
    gallery
      .actions()
      .trash([id])
      .catch((error: unknown) => showToast(sentenceForError(error)))
  }

  const onKey = (event: KeyboardEvent) => {
    const id = mediaId()
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLTextAreaElement) return
    // What has the focus comes first: a film pauses, a button is pressed.
    const isTaken = event.target instanceof HTMLMediaElement || event.target instanceof HTMLButtonElement
    if (event.key === ' ' && !isTaken && playback !== undefined) playback.toggle()
    else if (event.key === 'm' && playback !== undefined) playback.toggleMute()
    else if (event.key === 'ArrowLeft') step(-1)
    else if (event.key === 'ArrowRight') step(1)
    else if (event.key === 'l' && id !== null) toggleLike(id)
    else if (event.key === 'i') flip('details')
    else if (event.key === 'c' && gallery !== undefined) flip('comments')
    else if (event.key === 'Delete') trash()
    else if (event.key === 'z') gestures.toggleZoom()
    else return
    event.preventDefault()
  }
  const dragShare = () => Math.min(1, gestures.drag().y / 400)

  return (
    <dialog
      ref={(element) => {
        dialog = element
        // A click on the picture leaves the focus here, where the keys are heard.
        element.tabIndex = -1
      }}
      data-viewer
      aria-label={words.label(name())}
      class="fade fixed inset-0 m-0 size-full max-h-none max-w-none overflow-hidden bg-transparent text-white outline-none backdrop:bg-transparent"
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
    >
      <div class="absolute inset-0 bg-[#0f0e0d]" style={{ opacity: `${1 - dragShare() * 0.6}` }} />
      <div class="relative flex size-full flex-col">
        <ViewerBar item={item()} isDetailed={panel() === 'details'} onClose={close} onDetails={() => flip('details')} />
        <div class="flex min-h-0 flex-1 flex-col wide:flex-row">
          <div
            ref={(element) => (stage = element)}
            data-stage
            class="@container-[size] relative grid min-h-0 flex-1 touch-none place-items-center overflow-hidden"
            classList={{ 'cursor-grab': gestures.view().scale > 1 }}
          >
            <Switch fallback={<p class="pulse">{words.loading}</p>}>
              <Match when={fault()}>{(sentence) => <p role="alert">{sentence()}</p>}</Match>
              <Match when={item()} keyed>
                {(shown) => (
                  <div
                    class="grid size-full place-items-center"
                    classList={{ 'transition-transform': !gestures.isDragging() }}
                    style={{
                      transform: `translate(${gestures.view().xPx + gestures.drag().x}px, ${gestures.view().yPx + gestures.drag().y}px) scale(${gestures.view().scale * (1 - dragShare() * 0.2)})`,
                    }}
                  >
                    <Switch fallback={<NoPicture item={shown} />}>
                      <Match when={shown.hasPlay}>
                        <Suspense fallback={<p class="pulse">{words.loading}</p>}>
                          <StagePlayer
                            item={shown}
                            renew={renew}
                            boxRef={(element) => (box = element)}
                            onShown={preloadNeighbours}
                            onPlayback={(made) => (playback = made)}
                          />
                        </Suspense>
                      </Match>
                      <Match when={shown.hasPoster}>
                        <StagePicture item={shown} boxRef={(element) => (box = element)} onShown={preloadNeighbours} />
                      </Match>
                    </Switch>
                  </div>
                )}
              </Match>
            </Switch>
            <StepButton side="left" isThere={neighbour(-1) !== undefined} onStep={() => step(-1)} />
            <StepButton side="right" isThere={neighbour(1) !== undefined} onStep={() => step(1)} />
          </div>
          <Show when={panel() === 'details' && item()}>{(shown) => <Details item={shown()} />}</Show>
          <Suspense>
            <Show when={panel() === 'comments' && gallery}>
              {(around) => (
                <Show when={galleryItem()} keyed>
                  {(shown) => <CommentsPanel gallery={around()} item={shown} />}
                </Show>
              )}
            </Show>
          </Suspense>
        </div>
        <Suspense fallback={<div class="h-12 shrink-0" />}>
          <Show when={gallery}>
            {(around) => (
              <Show when={galleryItem()} keyed>
                {(shown) => (
                  <GalleryFoot
                    gallery={around()}
                    item={shown}
                    areCommentsOpen={panel() === 'comments'}
                    onComments={() => flip('comments')}
                    onTrash={trash}
                  />
                )}
              </Show>
            )}
          </Show>
        </Suspense>
      </div>
      {/* The page's own lie behind this dialog, where nobody can press them. */}
      <Toasts />
      <p class="sr-only" aria-live="polite">
        {name()}
      </p>
    </dialog>
  )
}

function StepButton(props: { side: 'left' | 'right'; isThere: boolean; onStep: () => void }): JSX.Element {
  return (
    <Show when={props.isThere}>
      <button
        type="button"
        class="absolute top-1/2 hidden size-14 -translate-y-1/2 place-items-center rounded-full bg-black/45 transition-colors hover:bg-black/70 wide:grid"
        classList={{ 'left-3': props.side === 'left', 'right-3': props.side === 'right' }}
        aria-label={props.side === 'left' ? words.previous : words.next}
        onClick={() => props.onStep()}
      >
        <Icon name={props.side} size={28} />
      </button>
    </Show>
  )
}

/** An item that is kept as it came, with nothing of it to show or play. */
function NoPicture(props: { item: FeedItem }): JSX.Element {
  return (
    <div class="flex max-w-90 flex-col items-center gap-3 p-6 text-center">
      <span class="grid size-20 place-items-center rounded-full bg-white/10">
        <Icon name={props.item.kind} size={36} />
      </span>
      <p class="text-lg font-medium">{nameItem(props.item)}</p>
      <p class="text-white/70">{words.player.notPlayable}</p>
    </div>
  )
}
