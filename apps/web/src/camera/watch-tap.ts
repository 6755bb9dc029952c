const tapPx = 8

/** A finger or a mouse that is lifted where it came down, with no other finger there. Returns nothing to undo. */
export function watchTap(element: HTMLElement, onTap: (event: PointerEvent) => void): void {
  let down: PointerEvent | null = null
  element.addEventListener('pointerdown', (event) => (down = event.isPrimary && event.button === 0 ? event : null))
  element.addEventListener('pointercancel', () => (down = null))
  element.addEventListener('pointerup', (event) => {
    const from = down
    down = null
    if (from !== null && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < tapPx) onTap(event)
  })
}
