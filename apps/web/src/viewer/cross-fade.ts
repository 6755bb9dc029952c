/** The next picture is decoded already: it is there within this, or the old one goes without it. */
const shownWithinMs = 600

/** Changes the page while the old one fades into the new one, where the browser can and motion is welcome. */
export function crossFade(change: () => void, whenShown: () => Promise<void>): void {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
  if (isStill || !('startViewTransition' in document)) return change()
  const fade = document.startViewTransition(async () => {
    change()
    const isLate = new Promise<void>((resolve) => setTimeout(resolve, shownWithinMs))
    await Promise.race([whenShown(), isLate])
  })
  // Skipped, because the page is hidden for instance: the change is made all the same.
  fade.ready.catch(() => undefined)
}
