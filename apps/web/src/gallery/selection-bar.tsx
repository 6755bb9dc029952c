// What can be done with what is chosen in a gallery.
import { createSignal, Show, type JSX } from 'solid-js'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { sentenceForError } from '../words/words.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { Drawing, Icon } from '../ui/icon.tsx'
import { drawings } from '../viewer/player-drawings.ts'
import { ChosenAction, ChosenBar } from './chosen-bar.tsx'
import type { GalleryActions } from './gallery-actions.ts'
import { MoveSheet } from './move-sheet.tsx'
import type { Selection } from './selection.ts'

type SelectionBarProps = { selection: Selection; actions: GalleryActions; mayTrash: boolean; onPlay: () => void }

export function SelectionBar(props: SelectionBarProps): JSX.Element {
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
      <ChosenBar selection={props.selection}>
        <ChosenAction
          icon={<Drawing path={drawings.slideshow} size={20} />}
          text={galleryWords.play}
          onClick={() => props.onPlay()}
        />
        <ChosenAction
          icon={<Icon name="download" size={20} />}
          text={galleryWords.download}
          onClick={() => void run(props.actions.download)}
        />
        <ChosenAction
          icon={<Icon name="hide" size={20} />}
          text={galleryWords.hide}
          onClick={() => void run(props.actions.hide)}
        />
        <ChosenAction icon={<Icon name="move" size={20} />} text={galleryWords.move} onClick={() => setMoving(true)} />
        <Show when={props.mayTrash}>
          <ChosenAction
            icon={<Icon name="trash" size={20} />}
            text={galleryWords.trash}
            onClick={() => void run(props.actions.trash)}
          />
        </Show>
      </ChosenBar>
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
