// Where the focus goes when another screen comes: to its heading, so that it is read out and Tab goes on from there. A
// form that is all there is to a screen (`data-entry`) has it in its first field, and its heading is said. Loaded with
// the first change of screen.
import { announce } from './announcer.tsx'

/** A screen that has no heading by then leaves the focus where it is. Milliseconds. */
const patienceMs = 10_000

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

let stop = () => {}

/** `before`: what had the focus when the screen changed. */
export function focusScreen(content: HTMLElement, before: Element | null): void {
  stop()
  const take = () => {
    const now = document.activeElement
    // Somebody has gone on meanwhile.
    const isElsewhere = now !== before && now !== document.body && !content.contains(now)
    if (isElsewhere || giveFocus(content)) stop()
  }
  const observer = new MutationObserver(take)
  const timer = setTimeout(() => stop(), patienceMs)
  stop = () => {
    observer.disconnect()
    clearTimeout(timer)
  }
  observer.observe(content, { childList: true, subtree: true })
  take()
}
