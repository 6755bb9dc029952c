import type { JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { groupNameOf, type Destination } from '../upload/destination.ts'
import { isActive } from '../upload/upload-item.ts'
import { cameraWords as words } from '../words/camera-words.ts'
import { uploadWords } from '../words/upload-words.ts'

/** What became of the shots of this visit to the camera: on their way, arrived, or not all of them taken. */
export function ShotProgress(props: { shots: readonly File[]; place: Destination | null }): JSX.Element {
  const { uploads } = useShoebox()
  const text = () => {
    const shots = new Set(props.shots)
    const states = uploads.shown().flatMap(({ file, state }) => (shots.has(file) ? [state] : []))
    if (states.some((state) => state === 'refused' || state === 'failed')) return words.trouble
    const activeCount = states.filter(isActive).length
    if (activeCount > 0) return words.onTheWay(activeCount)
    if (states.length === 0) return ''
    const group = props.place && groupNameOf(props.place)
    return group === null ? words.arrived : uploadWords.inGroup(group)
  }
  return <p class="min-w-0 text-sm text-white/75">{text()}</p>
}
