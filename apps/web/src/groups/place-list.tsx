// The places where one may put something: one's groups, and the public feed, which says that everyone can see it.
import { For, Show, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { api } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { Icon } from '../ui/icon.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words } from '../words/words.ts'
import type { GroupId } from './group-query.tsx'

/** `groupId` is null for the public feed. */
export type Place = { readonly groupId: GroupId | null; readonly name: string }

export function PlaceList(props: { except?: GroupId; onChoose: (place: Place) => void }): JSX.Element {
  const mine = useQuery(() => api.groups.mine.options())
  const groups = () =>
    (mine.data?.groups ?? []).filter((group) => group.id !== props.except && isAtLeast(group.role, 'contributor'))
  return (
    // All at once: what comes above a button would move it away under a finger.
    <Show when={!mine.isPending} fallback={<PlacesSkeleton />}>
      <ul class="flex flex-col gap-2">
        <For each={groups()}>
          {({ id, name }) => (
            <li>
              <PlaceButton icon="group" name={name} onClick={() => props.onChoose({ groupId: id, name })} />
            </li>
          )}
        </For>
        <li>
          <PlaceButton
            icon="feed"
            name={words.places.feed}
            means={galleryWords.movePublic}
            onClick={() => props.onChoose({ groupId: null, name: words.places.feed })}
          />
        </li>
      </ul>
    </Show>
  )
}

const PlacesSkeleton = (): JSX.Element => (
  <div role="img" aria-label={screenWords.viewer.loading} class="pulse flex flex-col gap-2">
    <For each={[1, 2, 3]}>{() => <div class="h-14 rounded-box bg-sunken" />}</For>
  </div>
)

function PlaceButton(props: {
  icon: 'group' | 'feed'
  name: string
  means?: string
  onClick: () => void
}): JSX.Element {
  return (
    <button
      type="button"
      class="flex min-h-14 w-full items-center gap-3 rounded-box border border-line px-4 py-2 text-left transition-colors hover:border-soft hover:bg-sunken"
      onClick={() => props.onClick()}
    >
      <Icon name={props.icon} class="shrink-0" />
      <span class="min-w-0">
        <span class="block truncate font-medium">{props.name}</span>
        <Show when={props.means}>
          <span class="block text-sm text-soft">{props.means}</span>
        </Show>
      </span>
    </button>
  )
}
