// On one's own page, above what everybody sees: what of one's own waits for a review.
import { A } from '@solidjs/router'
import { For, Show, type JSX } from 'solid-js'
import { api, type Outputs } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { hrefOfHeld } from '../feed/feed-item.ts'
import { Icon } from '../ui/icon.tsx'
import { ItemThumb } from '../upload/file-thumb.tsx'
import { reviewWords as words } from '../words/review-words.ts'

export function OwnHeld(): JSX.Element {
  const list = useQuery<Outputs['review']['mine']>(
    // Kept for nobody who signs in next. Where it does not load, the page goes without it.
    () => ({ ...api.review.mine.options(), staleTime: 0, gcTime: 0 }),
  )
  const items = () => list.data?.items ?? []
  return (
    <Show when={items().length > 0}>
      <section class="mx-3 mb-6 flex flex-col gap-3 rounded-box border border-line bg-raised p-4 wide:mx-0">
        <header>
          <h2 class="font-semibold">{words.ownTitle(items().length)}</h2>
          <p class="text-sm text-soft">{words.ownLead}</p>
        </header>
        <ul class="flex flex-wrap gap-2">
          <For each={items()}>
            {(item, at) => (
              <li>
                <A
                  class="relative grid size-22 place-items-center overflow-hidden rounded-[7px] bg-sunken text-soft"
                  href={hrefOfHeld(item)}
                  aria-label={words.openOwn(at() + 1)}
                >
                  <Icon name={item.kind} />
                  <ItemThumb item={item} />
                </A>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  )
}
