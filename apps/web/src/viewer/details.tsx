import { For, Show, type JSX } from 'solid-js'
import { mediaFormats } from '@shoebox/shared/media/kinds.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { words } from '../words/words.ts'

/** What is known of an item, where it is known. */
function listFacts(item: FeedItem): { name: string; value: string }[] {
  const facts = [
    { name: words.viewer.by, value: item.owner.name },
    { name: words.viewer.added, value: words.units.moment(new Date(item.publishedAt)) },
  ]
  if (item.takenLocal !== null) facts.push({ name: words.viewer.taken, value: words.units.wallClock(item.takenLocal) })
  facts.push({ name: words.viewer.kind, value: mediaFormats[item.type].label })
  if (item.widthPx !== null && item.heightPx !== null)
    facts.push({ name: words.viewer.dimensions, value: words.viewer.pixels(item.widthPx, item.heightPx) })
  if (item.durationMs !== null)
    facts.push({ name: words.viewer.duration, value: words.units.runningTime(item.durationMs) })
  if (item.bytes !== null) facts.push({ name: words.viewer.size, value: words.units.size(item.bytes) })
  return facts
}

export function Details(props: { item: FeedItem }): JSX.Element {
  return (
    <aside
      id="viewer-details"
      aria-label={words.viewer.details}
      class="fade max-h-[45dvh] shrink-0 overflow-y-auto border-white/15 p-5 max-wide:border-t wide:max-h-none wide:w-80 wide:border-l"
    >
      <h2 class="mb-3 text-lg font-semibold">{words.viewer.details}</h2>
      <dl class="flex flex-col gap-3">
        <For each={listFacts(props.item)}>
          {(fact) => (
            <div>
              <dt class="text-sm text-white/70">{fact.name}</dt>
              <dd class="break-words">{fact.value}</dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={props.item.isCutToFirstFrame}>
        <p class="mt-4 text-sm text-white/70">{words.viewer.firstFrame}</p>
      </Show>
    </aside>
  )
}
