// What can be done with what is chosen in a gallery, and how far that has come.
import { createSignal, Show, type JSX } from 'solid-js'
import { galleryWords } from '../words/gallery-words.ts'
import { Drawing, Icon } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { drawings } from '../viewer/player-drawings.ts'
import type { ChooseAll } from './choose-all.ts'
import { ChosenAction, ChosenBar } from './chosen-bar.tsx'
import type { GalleryActions } from './gallery-actions.ts'
import { MoveSheet } from './move-sheet.tsx'
import { runDeed } from './run-deed.ts'
import type { Selection } from './selection.ts'

type SelectionBarProps = {
  selection: Selection
  all: ChooseAll
  actions: GalleryActions
  mayTrash: boolean
  onPlay: () => void
}

export function SelectionBar(props: SelectionBarProps): JSX.Element {
  const [isMoving, setMoving] = createSignal(false)
  const run = (deed: Parameters<typeof runDeed>[2]) => void runDeed(props.selection, [...props.selection.ids()], deed)
  const askWhere = () => {
    if (movable().length === 0) showToast(galleryWords.moveNone)
    else setMoving(true)
  }
  const movable = () => [...props.selection.ids()].filter((id) => props.actions.mayMove(id))

  return (
    <>
      <Show when={props.actions.progress()}>
        {(progress) => (
          <ChosenBar
            long={galleryWords.working(progress().count, progress().total)}
            short={galleryWords.workingShort(progress().count, progress().total)}
            clearName={galleryWords.stop}
            onClear={() => progress().stop()}
          />
        )}
      </Show>
      <Show when={props.actions.progress() === null && props.selection.isOn()}>
        <ChosenBar
          long={galleryWords.chosen(props.selection.count(), props.all.total())}
          short={galleryWords.chosenShort(props.selection.count())}
          onClear={() => props.selection.clear()}
        >
          <Show when={props.all.isBroken()}>
            <ChosenAction
              icon={<Icon name="retry" size={20} />}
              text={galleryWords.chooseRest}
              onClick={() => void props.all.choose()}
            />
          </Show>
          <ChosenAction
            icon={<Drawing path={drawings.slideshow} size={20} />}
            text={galleryWords.play}
            onClick={() => props.onPlay()}
          />
          <ChosenAction
            icon={<Icon name="download" size={20} />}
            text={galleryWords.download}
            onClick={() => run(props.actions.download)}
          />
          <ChosenAction
            icon={<Icon name="hide" size={20} />}
            text={galleryWords.hide}
            onClick={() => run(props.actions.hide)}
          />
          <ChosenAction icon={<Icon name="move" size={20} />} text={galleryWords.move} onClick={askWhere} />
          <Show when={props.mayTrash}>
            <ChosenAction
              icon={<Icon name="trash" size={20} />}
              text={galleryWords.trash}
              onClick={() => run(props.actions.trash)}
            />
          </Show>
        </ChosenBar>
        <Show when={isMoving()}>
          <MoveSheet
            count={movable().length}
            hasWords={movable().some(props.actions.mayHaveWords)}
            total={props.selection.count()}
            fromGroupId={props.actions.groupId}
            onClose={() => setMoving(false)}
            onMove={(target) => {
              const { move } = props.actions
              setMoving(false)
              run((ids) => move(ids, target))
            }}
          />
        </Show>
      </Show>
    </>
  )
}
