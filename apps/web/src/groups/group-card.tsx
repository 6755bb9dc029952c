import { A } from '@solidjs/router'
import { For, Show, type JSX } from 'solid-js'
import { serverNow } from '../api/server-clock.ts'
import type { Outputs } from '../api/client.ts'
import { derivativeUrl } from '@shoebox/shared/media/derivatives.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { groupWords } from '../words/group-words.ts'
import { screenWords } from '../words/screen-words.ts'

type Group = Outputs['groups']['mine']['groups'][number]

/** A group among one's own: its cover, who is in it, and what one has not seen yet. */
export function GroupCard(props: { group: Group }): JSX.Element {
  const group = () => props.group
  const more = () => group().memberCount - group().members.length
  return (
    <li class="group relative overflow-hidden rounded-box border border-line bg-raised transition-colors hover:border-soft has-[a:focus-visible]:outline-3 has-[a:focus-visible]:outline-accent">
      <div class="relative aspect-[5/3] bg-sunken">
        <Show when={group().cover} fallback={<NoCover />}>
          {(cover) => <img src={derivativeUrl(cover(), 'tile')} alt="" class="size-full object-cover" />}
        </Show>
        <Show when={group().unread > 0}>
          <span class="absolute top-3 right-3 rounded-full bg-accent px-3 py-1 text-sm font-semibold text-on-accent">
            {groupWords.unread(group().unread)}
          </span>
        </Show>
      </div>
      <div class="flex flex-col gap-2 p-4">
        <h2 class="truncate text-lg font-semibold">
          {/* The link covers its card: one target, one name. */}
          <A href={`/g/${group().id}`} class="outline-none after:absolute after:inset-0">
            {group().name}
          </A>
        </h2>
        <div class="flex items-center gap-3">
          <span class="flex -space-x-2">
            <For each={group().members}>
              {(member) => (
                <span class="rounded-full border-2 border-raised">
                  <Avatar name={member.name} avatar={member.avatar} sizePx={28} />
                </span>
              )}
            </For>
            <Show when={more() > 0}>
              <span class="grid size-8 place-items-center rounded-full border-2 border-raised bg-sunken text-xs font-semibold text-soft">
                +{more()}
              </span>
            </Show>
          </span>
          <span class="sr-only">{groupWords.people(group().memberCount)}</span>
          <span class="ml-auto truncate text-sm text-soft">
            {screenWords.units.ago((serverNow() - Date.parse(group().activeAt)) / 1000)}
          </span>
        </div>
        <Show when={group().pendingRequests > 0}>
          <p class="flex items-center gap-2 text-sm font-medium text-accent">
            <Icon name="you" size={18} />
            {groupWords.requests(group().pendingRequests)}
          </p>
        </Show>
      </div>
    </li>
  )
}

function NoCover(): JSX.Element {
  return (
    <span class="grid size-full place-items-center text-soft">
      <Icon name="group" size={40} />
    </span>
  )
}

export function GroupCardSkeleton(): JSX.Element {
  return (
    <li class="pulse overflow-hidden rounded-box border border-line" aria-hidden="true">
      <div class="aspect-[5/3] bg-sunken" />
      <div class="flex flex-col gap-3 p-4">
        <span class="h-5 w-2/3 rounded-box bg-sunken" />
        <span class="h-7 w-1/2 rounded-box bg-sunken" />
      </div>
    </li>
  )
}
