import type { JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'

/** A button that opens the file picker. The input stays out of the tab order: the button is its face. */
export function PickButton(props: { class: string; label?: string; children: JSX.Element }): JSX.Element {
  const { uploads } = useShoebox()
  let input: HTMLInputElement | undefined
  return (
    <>
      <button type="button" class={props.class} aria-label={props.label} onClick={() => input?.click()}>
        {props.children}
      </button>
      <input
        ref={(element) => (input = element)}
        type="file"
        multiple
        hidden
        accept="image/*,video/*,audio/*,.heic,.heif,.mkv,.flac,.opus"
        onChange={(event) => {
          uploads.add([...(event.currentTarget.files ?? [])])
          // The same file may be chosen again, after a refusal for instance.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
