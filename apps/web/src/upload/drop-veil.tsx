// Lies over the page while files are dragged over it, and says where they would go.
import { Show, type JSX } from 'solid-js'
import { Icon } from '../ui/icon.tsx'
import { uploadWords } from '../words/upload-words.ts'
import { currentPlace, groupNameOf } from './destination.ts'

export function DropVeil(): JSX.Element {
  return (
    <div role="status" class="fade pointer-events-none fixed inset-0 z-50 grid place-items-center bg-paper/95 p-4">
      <div class="grid h-full w-full place-items-center rounded-box border-2 border-dashed border-accent">
        <div class="flex flex-col items-center gap-2 text-center">
          <span class="mb-2 grid size-16 place-items-center rounded-full bg-accent text-on-accent">
            <Icon name="up" size={30} />
          </span>
          <Show when={currentPlace()} fallback={<p class="text-soft">{uploadWords.noPlaceHere}</p>}>
            {(place) => (
              <>
                <p class="text-2xl font-semibold">{uploadWords.dropTitle(groupNameOf(place()))}</p>
                <p class="text-soft">{uploadWords.dropHint(groupNameOf(place()))}</p>
              </>
            )}
          </Show>
        </div>
      </div>
    </div>
  )
}
