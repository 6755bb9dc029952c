// Tells the other pages of this browser that this one lives: it holds a Web Lock of its own name.

export type PageLock = {
  readonly page: string
  /** From the first call on, until the page is gone. */
  readonly hold: () => void
}

const lockOf = (page: string): string => `shoebox.page.${page}`

export function createPageLock(page: string): PageLock {
  let isHeld = false
  return {
    page,
    hold() {
      if (isHeld || !('locks' in navigator)) return
      isHeld = true
      // Refused where a site may store nothing.
      navigator.locks.request(lockOf(page), () => new Promise<never>(() => undefined)).catch(() => undefined)
    },
  }
}

/** Without locks there is nobody to be told of. */
export async function findLivingPages(): Promise<(page: string) => boolean> {
  if (!('locks' in navigator)) return () => false
  const { held = [] } = await navigator.locks.query()
  const names = new Set(held.map(({ name }) => name))
  return (page) => names.has(lockOf(page))
}
