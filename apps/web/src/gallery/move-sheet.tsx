import type { JSX } from 'solid-js'
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
  return (
    <Sheet title={galleryWords.moveTitle(props.count)} onClose={props.onClose}>
      <p class="mb-4 text-soft">{galleryWords.moveWhat(props.count, props.total)}</p>
      <PlaceList
        except={props.fromGroupId}
        more={props.hasWords ? galleryWords.moveWords : ''}
        onChoose={props.onMove}
      />
    </Sheet>
  )
}
