import { Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { words } from '../words/words.ts'
import { isActive } from './upload-item.ts'

/** What can be done about all of them at once. */
export function UploadActions(props: { children?: JSX.Element }): JSX.Element {
  const { uploads } = useShoebox()
  const failed = () => uploads.shown().flatMap((item) => (item.state === 'failed' ? [item.key] : []))
  const active = () => uploads.shown().flatMap((item) => (isActive(item.state) ? [item.key] : []))
  return (
    <div class="flex flex-wrap items-center gap-x-4 border-t border-line px-4 text-sm">
      <Show when={uploads.hereCount() > 0 && !uploads.isHeld()}>
        <button
          type="button"
          class="link min-h-11"
          onClick={() => (uploads.isPaused() ? uploads.resume() : uploads.pause())}
        >
          {uploads.isPaused() ? words.upload.resume : words.upload.pause}
        </button>
      </Show>
      <Show when={uploads.activeCount() > 1}>
        <button type="button" class="link min-h-11" onClick={() => uploads.cancel(active())}>
          {words.upload.cancelAll}
        </button>
      </Show>
      <Show when={failed().length > 0}>
        <button type="button" class="link min-h-11" onClick={() => uploads.retry(failed())}>
          {words.upload.retryAll}
        </button>
      </Show>
      {props.children}
    </div>
  )
}
