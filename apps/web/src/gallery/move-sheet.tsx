import { createSignal, Show, type JSX } from 'solid-js'
import { PlaceList } from '../groups/place-list.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import type { MoveTarget } from './gallery-actions.ts'
import type { GroupId } from './gallery-item.ts'

type MoveSheetProps = {
  /** How many of the chosen ones can be moved. */
  count: number
  total: number
  /** Something was written of some of them, or may be. */
  hasWords: boolean
  fromGroupId: GroupId
  onClose: () => void
  onMove: (target: MoveTarget) => void
}

/** Where the chosen items may go. */
export function MoveSheet(props: MoveSheetProps): JSX.Element {
  const [withWords, setWithWords] = createSignal(true)
  return (
    <Sheet title={galleryWords.moveTitle(props.count)} onClose={props.onClose}>
      <p class="mb-4 text-soft">{galleryWords.moveWhat(props.count, props.total)}</p>
      <Show when={props.hasWords}>
        <label class="mb-4 flex min-h-11 items-start gap-3">
          <input
            type="checkbox"
            class="mt-0.5 size-5 shrink-0"
            checked={withWords()}
            aria-describedby="words-lost"
            onChange={(event) => setWithWords(event.currentTarget.checked)}
          />
          <span>
            {galleryWords.moveWords}
            <span id="words-lost" class="block text-sm text-soft">
              {galleryWords.moveWordsLost}
            </span>
          </span>
        </label>
      </Show>
      <PlaceList
        except={props.fromGroupId}
        onChoose={(place) => props.onMove({ ...place, withoutWords: !withWords() })}
      />
    </Sheet>
  )
}
