// One item over its list, at its own address. A native modal dialog: the page behind is inert, the focus stays inside,
// Escape closes. Dark in both themes, since the picture is what is lit.
import { createEffect, createSignal, lazy, Match, on, onMount, Show, Suspense, Switch, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { useLikeToggle } from '../feed/use-like-toggle.ts'
import type { GalleryItem } from '../gallery/gallery-item.ts'
import { useGallery, type Gallery } from '../gallery/use-gallery.ts'
import { Icon } from '../ui/icon.tsx'
import { showToast, Toasts } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { sentenceForError } from '../words/words.ts'
import { Details } from './details.tsx'
import { Gestures } from './gestures.ts'
import type { Playback } from './playback.ts'
import { StageItem } from './stage-item.tsx'
import { ViewerBar } from './viewer-bar.tsx'
import { watchViewerKeys } from './viewer-keys.ts'
import { createViewing, type Viewing } from './viewing.ts'

const GalleryFoot = lazy(() => import('./gallery-foot.tsx').then((file) => ({ default: file.GalleryFoot })))
const CommentsPanel = lazy(() => import('./comments-panel.tsx').then((file) => ({ default: file.CommentsPanel })))

export function Viewer(): JSX.Element {
  const viewing = createViewing()
  const { mediaId, item, fault, renew, neighbour, step, close, preloadNeighbours } = viewing
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
  const name = () => sayName(item())
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
  })

  const trash = () => trashOpened(viewing, gallery, galleryItem())

  watchViewerKeys({
    playback: () => playback,
    step,
    like: () => {
      const id = mediaId()
      if (id !== null) toggleLike(id)
    },
    details: () => flip('details'),
    captions: () => playback?.captions?.toggle(),
    comments: () => gallery !== undefined && flip('comments'),
    trash,
    zoom: gestures.toggleZoom,
  })
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
                    <StageItem
                      item={shown}
                      renew={renew}
                      boxRef={(element) => (box = element)}
                      onShown={preloadNeighbours}
                      onPlayback={(made) => (playback = made)}
                    />
                  </div>
                )}
              </Match>
            </Switch>
            <StepButton side="left" isThere={neighbour(-1) !== undefined} onStep={() => step(-1)} />
            <StepButton side="right" isThere={neighbour(1) !== undefined} onStep={() => step(1)} />
          </div>
          <Show when={panel() === 'details' && item()}>{(shown) => <Details item={shown()} />}</Show>
          <Suspense>
            <OfGallery gallery={panel() === 'comments' ? gallery : undefined} item={galleryItem()}>
              {(around, shown) => <CommentsPanel gallery={around} item={shown} />}
            </OfGallery>
          </Suspense>
        </div>
        <Suspense fallback={<div class="h-12 shrink-0" />}>
          <OfGallery gallery={gallery} item={galleryItem()}>
            {(around, shown) => (
              <GalleryFoot
                gallery={around}
                item={shown}
                areCommentsOpen={panel() === 'comments'}
                onComments={() => flip('comments')}
                onTrash={trash}
              />
            )}
          </OfGallery>
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

const sayName = (item: FeedItem | undefined): string => (item === undefined ? words.loading : nameItem(item))

/** Takes the opened item out of its gallery. What stands beside it is shown before it goes. */
function trashOpened({ neighbour, step, close }: Viewing, gallery?: Gallery, item?: GalleryItem): void {
  if (gallery === undefined || item === undefined) return
  if (!item.isMine && !isAtLeast(gallery.role(), 'admin')) return
  if (neighbour(1) !== undefined) step(1)
  else if (neighbour(-1) !== undefined) step(-1)
  else close()
  gallery
    .actions()
    .trash([item.id])
    .catch((error: unknown) => showToast(sentenceForError(error)))
}

type OfGalleryProps = {
  gallery: Gallery | undefined
  item: GalleryItem | undefined
  children: (gallery: Gallery, item: GalleryItem) => JSX.Element
}

/** What only an item of a gallery has, drawn anew for another item. */
function OfGallery(props: OfGalleryProps): JSX.Element {
  return (
    <Show when={props.gallery} keyed>
      {(gallery) => (
        <Show when={props.item} keyed>
          {(item) => props.children(gallery, item)}
        </Show>
      )}
    </Show>
  )
}
