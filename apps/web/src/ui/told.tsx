import { createEffect, onCleanup, type JSX } from 'solid-js'
import { announce, takeBack } from './announcer.tsx'

/** A sentence that appears because of what somebody did or what became of it, and is read out when it does. */
export function Told(props: { text: string; class: string; icon?: JSX.Element }): JSX.Element {
  createEffect(() => {
    const text = props.text
    announce(text)
    onCleanup(() => takeBack(text))
  })
  return (
    <p class={props.class}>
      {props.icon}
      {props.text}
    </p>
  )
}
