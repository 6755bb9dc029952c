import { getOwner, onCleanup, onMount, runWithOwner } from 'solid-js'

/** The first seconds belong to the pictures that are seen. */
const afterMs = 2000

export const firstSeconds: Promise<void> = new Promise((resolve) => setTimeout(resolve, afterMs))

/** Runs under its caller what the first look does not need, once its module is here. Without it, it is done without. */
export function later<T>(load: () => Promise<T>, run: (module: T) => void): void {
  const owner = getOwner()
  let isOver = false
  const start = (module: T) => {
    if (!isOver) runWithOwner(owner, () => run(module))
  }
  onMount(() => {
    void firstSeconds.then(() => (isOver ? undefined : load().then(start))).catch(() => undefined)
    onCleanup(() => (isOver = true))
  })
}
