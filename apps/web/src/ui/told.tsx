import { createEffect, type JSX } from 'solid-js'
import { announce } from './announcer.tsx'

/**
 * A sentence that appears on the page because of what somebody did, and is read out when it does. Not for what lies over
 * the page: behind that the announcer is silent.
 */
export function Told(props: { text: string; class: string; icon?: JSX.Element }): JSX.Element {
  createEffect(() => announce(props.text))
  return (
    <p class={props.class}>
      {props.icon}
      {props.text}
    </p>
  )
}
