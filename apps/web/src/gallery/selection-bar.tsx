// What can be done with what is chosen in a gallery, and how far that has come.
import { createSignal, Show, type JSX } from 'solid-js'
import { galleryWords } from '../words/gallery-words.ts'
import { Drawing } from '../ui/first-icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { drawings } from '../viewer/player-drawings.ts'
import type { ChooseAll } from './choose-all.ts'
import { ChooseAllAction, ChosenAction, ChosenActions, ChosenBar, DeedBar } from './chosen-bar.tsx'
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
    <DeedBar progress={props.actions.progress()}>
      <Show when={props.selection.isOn()}>
        <ChosenBar
          text={galleryWords.chosen(props.selection.count(), props.all.total())}
          onClear={() => props.selection.clear()}
        >
          <ChooseAllAction
            isAll={props.all.isDone()}
            {...(props.all.isBroken() && { text: galleryWords.chooseRest })}
            onClick={() => (props.all.isDone() ? props.selection.clear() : void props.all.choose())}
          />
          <ChosenActions>
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
          </ChosenActions>
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
    </DeedBar>
  )
}
