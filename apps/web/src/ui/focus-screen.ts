// Where the focus goes when another screen comes: to its heading, so that it is read out and Tab goes on from there. A
// form that is all there is to a screen (`data-entry`) has it in its first field, and its heading is said. Loaded with
// the first change of screen.
import { announce } from './announcer.tsx'

/** A screen that has no heading by then leaves the focus where it is. Milliseconds. */
const patienceMs = 10_000
/** So long the heading gets the focus back where a screen that is still being put together takes it out and in again. */
const settlingMs = 2000

/** @returns what has the focus now, or null: the screen has not come */
function giveFocus(content: HTMLElement): Element | null {
  const heading = content.querySelector<HTMLElement>('h1')
  if (heading === null) return null
  if (content.contains(document.activeElement)) {
    announce(heading.textContent)
    return document.activeElement
  }
  // A finger would find the keyboard of its phone over the page.
  const field = matchMedia('(pointer: fine)').matches ? content.querySelector<HTMLElement>('[data-entry] input') : null
  if (field === null) heading.tabIndex = -1
  else announce(heading.textContent)
  const target = field ?? heading
  target.focus({ preventScroll: true })
  return target
}

let stop = () => {}

/** `before`: what had the focus when the screen changed. */
export function focusScreen(content: HTMLElement, before: Element | null): void {
  stop()
  let given: Element | null = null
  let timer = setTimeout(() => stop(), patienceMs)
  const take = () => {
    const now = document.activeElement
    if (given !== null && now === given) return
    // Somebody has gone on meanwhile.
    if (now !== document.body && (given !== null || (now !== before && !content.contains(now)))) return stop()
    const isFirst = given === null
    given = giveFocus(content)
    if (!isFirst || given === null) return
    clearTimeout(timer)
    timer = setTimeout(() => stop(), settlingMs)
  }
  const observer = new MutationObserver(take)
  stop = () => {
    observer.disconnect()
    clearTimeout(timer)
  }
  observer.observe(content, { childList: true, subtree: true })
  take()
}
