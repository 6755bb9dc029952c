// The keys of the queue. Silent while somebody types or a dialog is open.
import { onCleanup, onMount } from 'solid-js'
import type { Decision } from '@shoebox/shared/safety/reasons.ts'

export type QueueKeys = {
  readonly step: (by: 1 | -1) => void
  readonly choose: () => void
  readonly decide: (decision: Decision) => void
  readonly close: () => void
  readonly help: () => void
}

const isTaken = ({ defaultPrevented, altKey, ctrlKey, metaKey, target }: KeyboardEvent): boolean =>
  defaultPrevented ||
  altKey ||
  ctrlKey ||
  metaKey ||
  document.querySelector('dialog[open]') !== null ||
  (target instanceof HTMLElement &&
    target.closest('textarea, select, video, audio, input:not([type=checkbox])') !== null)

export function watchQueueKeys(keys: QueueKeys): void {
  const actions: Record<string, () => void> = {
    j: () => keys.step(1),
    k: () => keys.step(-1),
    x: keys.choose,
    d: () => keys.decide('dismiss'),
    q: () => keys.decide('quarantine'),
    r: () => keys.decide('restore'),
    Delete: () => keys.decide('remove'),
    Escape: keys.close,
    '?': keys.help,
  }
  const onKey = (event: KeyboardEvent) => {
    const action = Object.hasOwn(actions, event.key) && !isTaken(event) ? actions[event.key] : undefined
    if (action === undefined) return
    event.preventDefault()
    action()
  }
  onMount(() => {
    document.addEventListener('keydown', onKey)
    onCleanup(() => document.removeEventListener('keydown', onKey))
  })
}
