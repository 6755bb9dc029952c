/** Two fingers on an element: tells how much further apart they are than when they touched. Returns nothing to undo. */
export function watchPinch(element: HTMLElement, onStart: () => void, onScale: (scale: number) => void): void {
  const fingers = new Map<number, PointerEvent>()
  let spanBefore = 0
  const span = () => {
    const [a, b] = fingers.values()
    return a === undefined || b === undefined ? 0 : Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)
  }
  const begin = () => {
    spanBefore = span()
    if (spanBefore > 0) onStart()
  }
  // Of three, two are left, and they are not as far apart.
  const lift = (event: PointerEvent) => void (fingers.delete(event.pointerId) && begin())
  element.addEventListener('pointerdown', (event) => {
    fingers.set(event.pointerId, event)
    begin()
  })
  element.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return
    fingers.set(event.pointerId, event)
    if (spanBefore > 0 && span() > 0) onScale(span() / spanBefore)
  })
  element.addEventListener('pointerup', lift)
  element.addEventListener('pointercancel', lift)
}
