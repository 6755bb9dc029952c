// Where the focus goes when another screen comes: to its heading, so that it is read out and Tab goes on from there. A
// form that is all there is to a screen (`data-entry`) has it in its first field, and its heading is said.
import { useLocation } from '@solidjs/router'
import { createEffect, createMemo, on, onCleanup } from 'solid-js'
import { announce } from './announcer.tsx'

/** A screen that has no heading by then leaves the focus where it is. Milliseconds. */
const patienceMs = 10_000

/** Opened items and tabs belong to the screen under them, and look after the focus themselves. */
const screenOf = (path: string): string => path.replace(/\/?p\/[^/]+$/, '').replace(/^\/desk\/.*/, '/desk') || '/'

/** Nothing on the page has been chosen: keys mean the page as a whole. */
export const isAtRest = (): boolean => document.activeElement?.matches('body, main, h1') ?? true

/** @returns whether the screen has come */
function giveFocus(content: HTMLElement): boolean {
  const heading = content.querySelector<HTMLElement>('h1')
  if (heading === null) return false
  const isFree = !content.contains(document.activeElement)
  // A finger would find the keyboard of its phone over the page.
  const field = matchMedia('(pointer: fine)').matches ? content.querySelector<HTMLElement>('[data-entry] input') : null
  if (isFree && field === null) {
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  } else {
    if (isFree) field?.focus({ preventScroll: true })
    announce(heading.textContent)
  }
  return true
}

/** Must run inside the router. */
export function focusScreens(content: () => HTMLElement | undefined): void {
  const location = useLocation()
  const screen = createMemo(() => screenOf(location.pathname))
  const follow = () => {
    const element = content()
    const before = document.activeElement
    if (element === undefined) return
    const take = () => {
      const now = document.activeElement
      // Somebody has gone on meanwhile.
      const isElsewhere = now !== before && now !== document.body && !element.contains(now)
      if (isElsewhere || giveFocus(element)) observer.disconnect()
    }
    const observer = new MutationObserver(take)
    observer.observe(element, { childList: true, subtree: true })
    const timer = setTimeout(() => observer.disconnect(), patienceMs)
    onCleanup(() => {
      clearTimeout(timer)
      observer.disconnect()
    })
    take()
  }
  createEffect(on(screen, follow, { defer: true }))
}
