import { createEffect } from 'solid-js'
import { words } from '../words/words.ts'

/** Names the page for the tab, history and screen readers. */
export function useTitle(title: () => string): void {
  createEffect(() => {
    document.title = title() === '' ? words.product : `${title()} · ${words.product}`
  })
}
