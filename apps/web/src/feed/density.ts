// How many photos stand side by side: chosen once for a device, for the feed and every gallery.
import { createSignal } from 'solid-js'
import { densities, densityDefault, type Density } from '@shoebox/shared/media/lay-out-rows.ts'
import { announce } from '../ui/announcer.tsx'
import { words } from '../words/words.ts'

const key = 'shoebox.across'
const [density, setSignal] = createSignal<Density>(read())

export { density }

function read(): Density {
  try {
    const stored = Number(localStorage.getItem(key))
    return densities.find((across) => across === stored) ?? densityDefault
  } catch {
    return densityDefault
  }
}

export function setDensity(next: Density): void {
  if (next === density()) return
  setSignal(next)
  announce(words.feed.across(next))
  try {
    localStorage.setItem(key, String(next))
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

/** `+` makes photos larger and `-` smaller. False: it is another key. */
export function takeDensityKey(event: KeyboardEvent): boolean {
  const by = { '+': -1, '=': -1, '-': 1 }[event.key]
  if (by === undefined || event.ctrlKey || event.metaKey) return false
  const next = densities[densities.indexOf(density()) + by]
  if (next !== undefined) setDensity(next)
  return true
}
