// The one polite live region: what is seen elsewhere on the page, or over it, is read out here as it changes.
import { createSignal, type JSX } from 'solid-js'

const [text, setText] = createSignal('')

export const announce = (sentence: string): string => setText(sentence)

/** It is no longer so: whoever reads on finds it no more. */
export const takeBack = (sentence: string): string => setText((said) => (said === sentence ? '' : said))

/** `isOn`: nothing lies over it. Behind what does, a live region is silent. */
export const Announcer = (props: { isOn: boolean }): JSX.Element => (
  <p aria-live="polite" class="sr-only" data-announcer>
    {props.isOn ? text() : ''}
  </p>
)
