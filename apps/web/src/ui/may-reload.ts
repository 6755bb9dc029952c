// Whether the page may be loaded anew without asking anybody: not while leaving it would lose something.

const needs: (() => boolean)[] = []

export const mayReload = (): boolean => !needs.some((isNeeded) => isNeeded())

export const needPageWhile = (isNeeded: () => boolean): void => void needs.push(isNeeded)
