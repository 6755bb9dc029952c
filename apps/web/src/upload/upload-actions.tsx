import { Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { uploadWords } from '../words/upload-words.ts'
import { mayRetry } from './may-retry.ts'
import { isActive, isBroken, isOverDay, type UploadItem } from './upload-item.ts'

/** What can be done about all of them at once; nothing where that is nothing. */
export function UploadActions(): JSX.Element {
  const { uploads } = useShoebox()
  const failed = () => uploads.shown().flatMap((item) => (mayRetry(item) ? [item.key] : []))
  const goesOn = (item: UploadItem) => isActive(item.state) || isBroken(item) || isOverDay(item)
  const unended = () => uploads.shown().flatMap((item) => (goesOn(item) ? [item.key] : []))
  return (
    <div class="flex flex-wrap items-center gap-x-4 border-t border-line px-4 text-sm empty:hidden">
      <Show when={uploads.hereCount() > 0 && !uploads.isHeld()}>
        <button
          type="button"
          class="link min-h-11 min-w-11 text-start"
          onClick={() => (uploads.isPaused() ? uploads.resume() : uploads.pause())}
        >
          {uploads.isPaused() ? uploadWords.resume : uploadWords.pause}
        </button>
      </Show>
      <Show when={unended().length > 1}>
        <button type="button" class="link min-h-11" onClick={() => uploads.cancel(unended())}>
          {uploadWords.cancelAll}
        </button>
      </Show>
      <Show when={failed().length > 0}>
        <button type="button" class="link min-h-11" onClick={() => uploads.retry(failed())}>
          {uploadWords.retryAll}
        </button>
      </Show>
    </div>
  )
}
