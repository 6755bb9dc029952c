// The whole page takes files: dropped anywhere, or pasted. Renders only the veil that says so.
import { createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { Icon } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { words } from '../words/words.ts'
import { currentPlace, groupNameOf } from './destination.ts'
import { takeDropped } from './take-dropped.ts'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

export function DropZone(): JSX.Element {
  const { uploads } = useShoebox()
  const [isOver, setOver] = createSignal(false)
  const stop = new AbortController()
  const { signal } = stop
  onCleanup(() => stop.abort())

  const take = async (transfer: DataTransfer) => {
    const end = uploads.startPreparing()
    const place = currentPlace()
    const unreadable = await takeDropped(transfer, (files) => uploads.add(files, place))
    end()
    if (unreadable > 0) showToast(words.upload.unreadableCount(unreadable))
  }

  onMount(() => {
    // `dragleave` also comes for every child that is left; only the one without a next element leaves the window.
    document.addEventListener('dragenter', (event) => hasFiles(event) && setOver(true), { signal })
    document.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal })
    document.addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault(), { signal })
    document.addEventListener(
      'drop',
      (event) => {
        if (!hasFiles(event) || event.dataTransfer === null) return
        event.preventDefault()
        setOver(false)
        void take(event.dataTransfer)
      },
      { signal },
    )
    document.addEventListener(
      'paste',
      (event) => {
        const files = [...(event.clipboardData?.files ?? [])]
        if (files.length > 0) uploads.add(files)
      },
      { signal },
    )
    addEventListener('beforeunload', (event) => !uploads.isAllKept() && event.preventDefault(), { signal })
  })

  return (
    <Show when={isOver()}>
      <div role="status" class="fade pointer-events-none fixed inset-0 z-50 grid place-items-center bg-paper/95 p-4">
        <div class="grid h-full w-full place-items-center rounded-box border-2 border-dashed border-accent">
          <div class="flex flex-col items-center gap-2 text-center">
            <span class="mb-2 grid size-16 place-items-center rounded-full bg-accent text-on-accent">
              <Icon name="up" size={30} />
            </span>
            <Show when={currentPlace()} fallback={<p class="text-soft">{words.upload.noPlaceHere}</p>}>
              {(place) => (
                <>
                  <p class="text-2xl font-semibold">{words.upload.dropTitle(groupNameOf(place()))}</p>
                  <p class="text-soft">{words.upload.dropHint(groupNameOf(place()))}</p>
                </>
              )}
            </Show>
          </div>
        </div>
      </div>
    </Show>
  )
}
