import { For, type JSX } from 'solid-js'
import { screenWords } from '../words/screen-words.ts'
import { Icon } from './icon.tsx'
import { setTheme, theme, themes } from './theme.ts'

export function ThemeSwitch(): JSX.Element {
  return (
    <fieldset class="flex w-full max-w-90 gap-1 rounded-box border border-line bg-sunken p-1">
      <legend class="sr-only">{screenWords.theme.label}</legend>
      <For each={themes}>
        {(name) => (
          <label class="relative flex min-h-11 flex-1 cursor-pointer items-center justify-center gap-2 rounded-[7px] border border-transparent text-soft has-checked:border-line has-checked:bg-raised has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
            <input
              type="radio"
              name="theme"
              value={name}
              checked={theme() === name}
              onChange={() => setTheme(name)}
              class="absolute inset-0 cursor-pointer opacity-0"
            />
            <Icon name={name} size={18} />
            {screenWords.theme[name]}
          </label>
        )}
      </For>
    </fieldset>
  )
}
