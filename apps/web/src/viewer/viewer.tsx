// One item over its list, at its own address. A native modal dialog: the page behind is inert, the focus stays inside,
// Escape closes. Dark in both themes, since the picture is what is lit.
import { createEffect, createSignal, on, onMount, Show, Suspense, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { useShoebox } from '../compose.ts'
import type { FeedItem, MediaId } from '../feed/feed-item.ts'
import { nameItem } from '../feed/name-item.ts'
import { useLikeToggle } from '../feed/use-like-toggle.ts'
import type { GalleryItem } from '../gallery/gallery-item.ts'
import { useGallery, type Gallery } from '../gallery/use-gallery.ts'
import { lazyPart } from '../ui/lazy-part.ts'
import { announce } from '../ui/announcer.tsx'
import { ToastList } from '../ui/toast-list.tsx'
import { showToast } from '../ui/toasts.tsx'
import { useTitle } from '../ui/use-title.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { sentenceForError } from '../words/words.ts'
import { Details } from './details.tsx'
import { Foot, OfGallery } from './foot.tsx'
import { Gestures } from './gestures.ts'
import { watchIdle } from './idle.ts'
import type { Playback } from './playback.ts'
import { saveItem } from './save-item.ts'
import { SlideshowBar } from './slideshow-bar.tsx'
import { Stage } from './stage.tsx'
import { useSlideshow } from './use-slideshow.ts'
import { Byline, ViewerBar } from './viewer-bar.tsx'
import { watchViewerKeys } from './viewer-keys.ts'
import { createViewing, type Viewing } from './viewing.ts'

const CommentsPanel = lazyPart(() => import('./comments-panel.tsx').then((file) => file.CommentsPanel))

export function Viewer(): JSX.Element {
  const viewing = createViewing()
  const { mediaId, item, step, close } = viewing
  const gallery = useGallery()
  const { session } = useShoebox()
  const [panel, setPanel] = createSignal<Panel>(null)
  const flip = (name: 'details' | 'comments') => setPanel((shown) => (shown === name ? null : name))
  const [playback, setPlayback] = createSignal<Playback>()
  /** A tap of a finger leaves the picture alone on the screen. */
  const [isBare, setBare] = createSignal(false)
  const galleryItem = () => {
    const id = mediaId()
    return id === null ? undefined : gallery?.timeline().find(id)
  }
  const toggleLike = useLikeToggle()
  let dialog: HTMLDialogElement | undefined
  let frame: HTMLDivElement | undefined
  let stage: HTMLDivElement | undefined
  let box: HTMLElement | undefined
  const name = () => sayName(item())
  useTitle(name)

  const gestures = new Gestures({
    stage: () => stage,
    pictureSize: () => ({ width: box?.clientWidth ?? 0, height: box?.clientHeight ?? 0 }),
    onRelease: (meaning) => (meaning === 'close' ? close() : step(meaning === 'next' ? 1 : -1)),
    onTapBeside: () => !slideshow.isOn() && close(),
    onTap: () => !slideshow.isOn() && setBare((bare) => !bare),
  })
  createEffect(on(mediaId, () => gestures.reset()))
  onMount(() => {
    dialog?.showModal()
    // Itself, and not its first button: a key then means the item, and Space does not close it.
    dialog?.focus()
  })
  const { slideshow, said } = useSlideshow(viewing, {
    playback,
    frame: () => frame,
    slides: gallery?.slides,
    onStart: () => {
      setPanel(null)
      gestures.reset()
      // The button that started it is gone.
      dialog?.focus()
    },
  })
  sayChanges(() => (slideshow.isOn() ? said() : name()))
  const isIdle = watchIdle(slideshow.isRunning)
  const hasTools = () => !slideshow.isOn() && !isBare()

  watchViewerKeys({
    playback,
    step,
    like: () => whenOpened(mediaId(), toggleLike),
    details: () => !slideshow.isOn() && flip('details'),
    captions: () => playback()?.captions?.toggle(),
    comments: () => !slideshow.isOn() && gallery !== undefined && flip('comments'),
    trash: () => trashOpened(viewing, gallery, galleryItem()),
    download: () => !session.isVisitor() && saveOpened(item()),
    zoom: gestures.toggleZoom,
    slideshow: () => (slideshow.isOn() ? slideshow.stop() : item() && slideshow.start()),
    pauseSlideshow: () => (slideshow.isOn() ? slideshow.togglePause : undefined),
  })

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
        if (slideshow.isOn()) slideshow.stop()
        else close()
      }}
    >
      <h1 class="sr-only">{name()}</h1>
      <div class="absolute inset-0 bg-[#0f0e0d]" style={{ opacity: `${1 - gestures.dragShare() * 0.6}` }} />
      <div ref={(element) => (frame = element)} class="relative flex size-full flex-col">
        <Show when={hasTools()}>
          <ViewerBar
            item={item()}
            isDetailed={panel() === 'details'}
            onClose={close}
            onDetails={() => flip('details')}
            onSlideshow={slideshow.start}
            onDownload={gallery === undefined && !session.isVisitor() ? () => saveOpened(item()) : undefined}
          />
        </Show>
        <div class="flex min-h-0 flex-1 flex-col wide:flex-row">
          <Stage
            viewing={viewing}
            gestures={gestures}
            stageRef={(element) => (stage = element)}
            boxRef={(element) => (box = element)}
            onShown={(shown) => {
              viewing.preloadNeighbours()
              slideshow.noteShown(shown.id)
            }}
            onPlayback={setPlayback}
            isIdle={isIdle()}
          />
          <Beside panel={panel()} gallery={gallery} item={item()} galleryItem={galleryItem()} />
        </div>
        <Show when={hasTools() && item()}>
          {(shown) => <Byline item={shown()} class="shrink-0 px-4 py-2 wide:hidden" />}
        </Show>
        <Foot
          gallery={gallery}
          item={hasTools() ? item() : undefined}
          areCommentsOpen={panel() === 'comments'}
          onComments={() => flip('comments')}
          onTrash={() => trashOpened(viewing, gallery, galleryItem())}
        />
        <Show when={slideshow.isOn()}>
          <SlideshowBar slideshow={slideshow} isIdle={isIdle()} frame={frame} />
        </Show>
      </div>
      {/* The page's own lie behind this dialog, where nobody can press them. */}
      <ToastList />
    </dialog>
  )
}

/** The first name is that of the dialog, which is read out with it. */
const sayChanges = (said: () => string): void => createEffect(on(said, announce, { defer: true }))

const whenOpened = (id: MediaId | null, run: (id: MediaId) => void): void => void (id !== null && run(id))

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

const saveOpened = (item?: FeedItem): void => void (item !== undefined && saveItem(item))

type Panel = 'details' | 'comments' | null
type BesideProps = {
  panel: Panel
  gallery: Gallery | undefined
  item: FeedItem | undefined
  galleryItem: GalleryItem | undefined
}

function Beside(props: BesideProps): JSX.Element {
  return (
    <>
      <Show when={props.panel === 'details' && props.item}>{(shown) => <Details item={shown()} />}</Show>
      <Suspense>
        <OfGallery gallery={props.panel === 'comments' ? props.gallery : undefined} item={props.galleryItem}>
          {(around, shown) => <CommentsPanel gallery={around} item={shown} />}
        </OfGallery>
      </Suspense>
    </>
  )
}
