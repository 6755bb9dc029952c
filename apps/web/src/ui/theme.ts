// The chosen theme. public/theme.js reads what is stored here before the first paint.
import { createSignal } from 'solid-js'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'shoebox.theme'
const chosen = document.documentElement.dataset['theme']
const [theme, setSignal] = createSignal<Theme>(chosen === 'light' || chosen === 'dark' ? chosen : 'system')

export { theme }

export function setTheme(next: Theme): void {
  setSignal(next)
  if (next === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = next
  try {
    if (next === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, next)
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}
