import { useQuery } from '@tanstack/solid-query'
import { For, Show, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { api } from '../api/client.ts'
import { dataOf } from '../api/data-of.ts'
import { queryClient } from '../api/query-client.ts'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { words } from '../words/words.ts'
import type { MoveTarget } from './gallery-actions.ts'
import type { GroupId } from './gallery-item.ts'

type MoveSheetProps = {
  count: number
  fromGroupId: GroupId
  onClose: () => void
  onMove: (target: MoveTarget) => void
}

/** Where the chosen items may go: one's other groups, and the public feed, which says that everyone can see it. */
export function MoveSheet(props: MoveSheetProps): JSX.Element {
  const mine = useQuery(
    () => api.groups.mine.options(),
    () => queryClient,
  )
  const targets = () =>
    (dataOf(mine)?.groups ?? []).filter(
      (group) => group.id !== props.fromGroupId && isAtLeast(group.role, 'contributor'),
    )
  return (
    <Sheet title={galleryWords.moveTitle(props.count)} onClose={props.onClose}>
      <p class="mb-4 text-soft">{galleryWords.moveWhat}</p>
      <ul class="flex flex-col gap-2">
        <For each={targets()}>
          {(group) => (
            <li>
              <Target
                icon="group"
                name={group.name}
                onClick={() => props.onMove({ groupId: group.id, name: group.name })}
              />
            </li>
          )}
        </For>
        <li>
          <Target
            icon="feed"
            name={words.places.feed}
            means={galleryWords.movePublic}
            onClick={() => props.onMove({ groupId: null, name: words.places.feed })}
          />
        </li>
      </ul>
    </Sheet>
  )
}

function Target(props: { icon: 'group' | 'feed'; name: string; means?: string; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="flex min-h-14 w-full items-center gap-3 rounded-box border border-line px-4 py-2 text-left transition-colors hover:border-soft hover:bg-sunken"
      onClick={() => props.onClick()}
    >
      <Icon name={props.icon} />
      <span class="min-w-0">
        <span class="block truncate font-medium">{props.name}</span>
        <Show when={props.means}>
          <span class="block text-sm text-soft">{props.means}</span>
        </Show>
      </span>
    </button>
  )
}
