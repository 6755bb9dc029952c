// The one polite live region for things that are seen elsewhere on the page: uploads, new photos.
import { createSignal, type JSX } from 'solid-js'

const [text, setText] = createSignal('')

export const announce = (sentence: string): string => setText(sentence)

export function Announcer(): JSX.Element {
  return (
    <p aria-live="polite" class="sr-only" data-announcer>
      {text()}
    </p>
  )
}
