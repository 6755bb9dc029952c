// Whether the page may be loaded anew without asking anybody: not while leaving it would lose something. And the one
// time that it is: after a deployment an open page may ask for a chunk that is gone and was not kept.
import { createSignal } from 'solid-js'

const needs: (() => boolean)[] = []

const [holds, setHolds] = createSignal(0)

export const mayReload = (): boolean => holds() === 0 && !needs.some((isNeeded) => isNeeded())

export const needPageWhile = (isNeeded: () => boolean): void => void needs.push(isNeeded)

/** For what is nowhere but in this page: until the returned function is called, the browser asks before it is left, too. */
export function holdPage(): () => void {
  const end = new AbortController()
  addEventListener('beforeunload', (event) => event.preventDefault(), { signal: end.signal })
  setHolds((count) => count + 1)
  return () => {
    end.abort()
    setHolds((count) => count - 1)
  }
}

let heading: string | null = null

/** Where somebody goes, so that they need not press again in the new page. Null: not said, as of the Back button. */
export const headFor = (path: string | null): void => void (heading = path)

export const loadNewPage = (): void => (heading === null ? location.reload() : location.assign(heading))

const key = 'shoebox.reloaded'
let isLeft = false
const [outdated, setOutdated] = createSignal<string | null>(null)

/** Nothing that went wrong is shown any more: the new page is on its way. */
export const isReloading = (): boolean => isLeft

/** A new page is there, and this one is needed still. */
export const isOutdated = (): boolean => outdated() !== null

/** Loads the new page, once for each version of this one. False where it did not: then the screen says what is wrong. */
export function reloadOnce(version: string, load: () => void = loadNewPage): boolean {
  if (!navigator.onLine || sessionStorage.getItem(key) === version) return false
  if (!mayReload()) {
    setOutdated(version)
    return false
  }
  sessionStorage.setItem(key, version)
  isLeft = true
  load()
  return true
}

/** To be run in an effect of whatever says that this page is outdated: loads the new one when it may. */
export function reloadWhenDone(load: () => void = loadNewPage): void {
  const version = outdated()
  if (version !== null && mayReload()) reloadOnce(version, load)
}
