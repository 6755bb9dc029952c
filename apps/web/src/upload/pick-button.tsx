import { onCleanup, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import type { MediaId } from '../feed/feed-item.ts'
import { showToast } from '../ui/toasts.tsx'
import { words } from '../words/words.ts'
import { currentPlace, type Destination } from './destination.ts'
import { isClutter } from './is-clutter.ts'

/** A picker that has closed and said nothing after this long is still fetching: from a cloud, or converting. */
const slowAfterMs = 400

/** The names of the folders that a file lies in, below the one that was picked, and its own. */
const pathIn = ({ webkitRelativePath }: File): string[] => webkitRelativePath.split('/').slice(1)

/** A button that opens the picker, of files or of a folder. The input stays out of the tab order: the button is its face. */
export function PickButton(props: {
  class: string
  label?: string
  folder?: boolean
  /** Where the files go; without one, where the page at hand puts things. */
  place?: Destination
  /** The unfinished upload that is to go on, when a file of its size is chosen. */
  goOnWith?: { readonly mediaId: MediaId; readonly bytes: number }
  children: JSX.Element
}): JSX.Element {
  const { uploads } = useShoebox()
  let input: HTMLInputElement | undefined
  let isWaiting = false
  /** Where it was opened: files may come minutes later, with another page at hand. */
  let openedAt: Destination | null | undefined
  const findPlace = () => props.place ?? currentPlace()
  let end = () => {}

  // Phones give the page its focus back when the picker closes, and the files seconds or minutes later.
  const onFocus = () => {
    setTimeout(() => {
      if (isWaiting) end = uploads.startPreparing()
    }, slowAfterMs)
  }
  const open = () => {
    finish()
    openedAt = findPlace()
    isWaiting = true
    addEventListener('focus', onFocus, { once: true })
    input?.click()
  }
  const finish = () => {
    isWaiting = false
    removeEventListener('focus', onFocus)
    end()
  }
  onCleanup(finish)

  const take = (element: HTMLInputElement) => {
    finish()
    const files = [...(element.files ?? [])]
    const place = openedAt === undefined ? findPlace() : openedAt
    const wanted = props.folder === true ? files.filter((file) => !pathIn(file).some(isClutter)) : files
    const isMeant = wanted.length === 1 && wanted[0]?.size === props.goOnWith?.bytes
    if (wanted.length === 0) showToast(words.upload.emptyFolder)
    else void uploads.add(wanted, place, isMeant ? props.goOnWith?.mediaId : undefined)
    // The same file may be chosen again, after a refusal for instance.
    element.value = ''
  }
  const listen = (element: HTMLInputElement) => {
    input = element
    element.webkitdirectory = props.folder === true
    element.addEventListener('cancel', finish)
  }

  return (
    <>
      <button type="button" class={props.class} aria-label={props.label} onClick={open}>
        {props.children}
      </button>
      <input
        ref={(element) => listen(element)}
        type="file"
        multiple
        hidden
        accept="image/*,video/*,audio/*,.heic,.heif,.mkv,.flac,.opus"
        onChange={(event) => take(event.currentTarget)}
      />
    </>
  )
}
