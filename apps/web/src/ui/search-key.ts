import { onCleanup, onMount } from 'solid-js'
import { isTyping } from './is-typing.ts'

/** `/` leads to what searches a screen, while the calling component is there. */
export function onSearchKey(search: () => void): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== '/' || isTyping(event)) return
    event.preventDefault()
    search()
  }
  onMount(() => {
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })
}
