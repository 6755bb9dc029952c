// What can be done with what is chosen. Appears over the place bar of a phone; on a wide screen beside the heading of the
// section that is looked at, where it takes no room: nothing moves under a pointer that chooses.
import { createSignal, Show, type JSX } from 'solid-js'
import { Icon, type IconName } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { sentenceForError } from '../words/words.ts'
import type { MediaId } from '../feed/feed-item.ts'
import type { GalleryActions } from './gallery-actions.ts'
import { MoveSheet } from './move-sheet.tsx'
import type { Selection } from './selection.ts'

export function SelectionBar(props: { selection: Selection; actions: GalleryActions; mayTrash: boolean }): JSX.Element {
  const [isMoving, setMoving] = createSignal(false)
  const [isBusy, setBusy] = createSignal(false)
  const chosen = (): MediaId[] => [...props.selection.ids()]

  const run = async (work: (ids: MediaId[]) => Promise<void>) => {
    const ids = chosen()
    setBusy(true)
    props.selection.clear()
    try {
      await work(ids)
    } catch (error) {
      props.selection.set(ids, true)
      showToast(sentenceForError(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Show when={props.selection.isOn() || isBusy()}>
      <div class="z-30 wide:sticky wide:top-0 wide:h-0">
        <div
          role="toolbar"
          aria-label={galleryWords.chosen(props.selection.count())}
          class="rise fixed inset-x-2 bottom-[calc(72px+env(safe-area-inset-bottom))] z-30 flex items-center gap-1 rounded-box border border-line bg-raised px-2 py-1 wide:absolute wide:inset-x-auto wide:top-px wide:right-0 wide:bottom-auto"
        >
          <button
            type="button"
            class="button-icon"
            aria-label={galleryWords.clear}
            onClick={() => props.selection.clear()}
          >
            <Icon name="close" />
          </button>
          <span class="flex-1 truncate font-medium tabular-nums wide:pr-2" aria-live="polite">
            {galleryWords.chosen(props.selection.count())}
          </span>
          <Action icon="download" text={galleryWords.download} onClick={() => void run(props.actions.download)} />
          <Action icon="hide" text={galleryWords.hide} onClick={() => void run(props.actions.hide)} />
          <Action icon="move" text={galleryWords.move} onClick={() => setMoving(true)} />
          <Show when={props.mayTrash}>
            <Action icon="trash" text={galleryWords.trash} onClick={() => void run(props.actions.trash)} />
          </Show>
        </div>
      </div>
      <Show when={isMoving()}>
        <MoveSheet
          count={props.selection.count()}
          fromGroupId={props.actions.groupId}
          onClose={() => setMoving(false)}
          onMove={(target) => {
            const { move } = props.actions
            setMoving(false)
            void run((ids) => move(ids, target))
          }}
        />
      </Show>
    </Show>
  )
}

function Action(props: { icon: IconName; text: string; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-box px-3 transition-colors hover:bg-sunken"
      onClick={() => props.onClick()}
    >
      <Icon name={props.icon} size={20} />
      <span class="sr-only min-[64rem]:not-sr-only">{props.text}</span>
    </button>
  )
}
