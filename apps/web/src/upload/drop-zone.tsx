// The whole page takes files: dropped anywhere, or pasted. Renders only the veil that says so, which comes with the first drag.
import { createEffect, createSignal, onCleanup, onMount, Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { showToast } from '../ui/toasts.tsx'
import { withWords } from '../words/translation.ts'
import { words } from '../words/words.ts'
import { currentPlace } from './destination.ts'
import type * as Veil from './drop-veil.tsx'
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
    try {
      const { files, unreadable } = await takeDropped(transfer)
      if (files.length > 0) void uploads.add(files, place)
      if (unreadable > 0) showToast(words.upload.unreadableCount(unreadable))
      else if (files.length === 0) showToast(words.upload.emptyFolder)
    } catch {
      showToast(words.fault.offline)
    } finally {
      end()
    }
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
        if (files.length > 0) void uploads.add(files)
      },
      { signal },
    )
    addEventListener(
      'beforeunload',
      (event) => (uploads.isPreparing() || !uploads.isAllKept()) && event.preventDefault(),
      { signal },
    )
  })

  const [veil, setVeil] = createSignal<typeof Veil>()
  createEffect(() => {
    if (isOver() && veil() === undefined)
      withWords(import('./drop-veil.tsx')).then(
        (file) => setVeil(() => file),
        // It can be dropped all the same.
        () => undefined,
      )
  })
  return <Show when={isOver() && veil()}>{(file) => file().DropVeil()}</Show>
}
