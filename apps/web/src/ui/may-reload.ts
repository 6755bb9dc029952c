// Whether the page may be loaded anew without asking anybody: not while leaving it would lose something. And the one
// time that it is: after a deployment an open page may ask for a chunk that is gone and was not kept.

const needs: (() => boolean)[] = []

export const mayReload = (): boolean => !needs.some((isNeeded) => isNeeded())

export const needPageWhile = (isNeeded: () => boolean): void => void needs.push(isNeeded)

const key = 'shoebox.reloaded'
let isLeft = false

/** Nothing that went wrong is shown any more: the new page is on its way. */
export const isReloading = (): boolean => isLeft

/** Loads the new page, once for each version of this one. False where it did not: then the screen says what is wrong. */
export function reloadOnce(version: string, reload: () => void = () => location.reload()): boolean {
  if (!navigator.onLine || !mayReload() || sessionStorage.getItem(key) === version) return false
  sessionStorage.setItem(key, version)
  isLeft = true
  reload()
  return true
}
