import { For, type JSX } from 'solid-js'
import { densities } from '@shoebox/shared/media/lay-out-rows.ts'
import { Drawing } from '../ui/first-icon.tsx'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
import { density, setDensity } from './density.ts'

/** How many photos stand side by side, for whoever has no two fingers on the glass: the browser's own list. */
export function DensityControl(): JSX.Element {
  return (
    <label class="button-icon relative has-focus-visible:outline-2 has-focus-visible:-outline-offset-3 has-focus-visible:outline-accent">
      <Drawing path="M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z" />
      <select
        class="absolute inset-0 cursor-pointer text-base opacity-0"
        aria-label={screenWords.feed.density}
        title={screenWords.feed.density}
        onChange={(event) => setDensity(densities[event.currentTarget.selectedIndex] ?? density())}
      >
        <For each={densities}>
          {(across) => <option selected={across === density()}>{words.feed.across(across)}</option>}
        </For>
      </select>
    </label>
  )
}
