// The head of a group's page: what it is called, how much there is, and the ways to its other pages.
import { A } from '@solidjs/router'
import { Show, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { derivativeUrl } from '@shoebox/shared/media/derivatives.ts'
import { DensityControl } from '../feed/density-control.tsx'
import { Icon } from '../ui/icon.tsx'
import { groupWords } from '../words/group-words.ts'
import type { Found } from './group-query.tsx'

type HeadProps = {
  found: Found
  isFiltering: boolean
  onFilter: () => void
  onInvite: () => void
  /** Of all that is shown. Null: there is nothing. */
  onDownload: (() => void) | null
}

export function GroupHead(props: HeadProps): JSX.Element {
  const group = () => props.found.group
  const isAdmin = () => isAtLeast(props.found.me.role, 'admin')
  return (
    <header class="flex flex-wrap items-center gap-x-4 gap-y-3 px-3 pt-4 pb-3 wide:px-0 wide:pt-7">
      <Show when={group().cover}>
        {(cover) => (
          <img
            src={derivativeUrl(cover(), 'thumb')}
            alt=""
            class="size-14 shrink-0 rounded-box object-cover wide:size-18"
          />
        )}
      </Show>
      <div class="min-w-[min(11.25rem,100%)] flex-1">
        <h1 class="text-2xl font-semibold tracking-tight wrap-anywhere">{group().name}</h1>
        <Show when={group().description}>
          <p class="line-clamp-2 max-w-160 text-soft wrap-anywhere">{group().description}</p>
        </Show>
        <p class="text-sm text-soft">
          <A
            class="-my-3 inline-block py-3 underline decoration-line underline-offset-3"
            href={`/g/${group().id}/people`}
          >
            {groupWords.people(group().memberCount)}
          </A>
          {' · '}
          {groupWords.items(group().itemCount)}
        </p>
      </div>
      <DensityControl />
      <nav
        class="-ml-2.5 flex flex-wrap items-center gap-y-1 max-wide:grow wide:-ml-3 wide:gap-x-1"
        aria-label={group().name}
      >
        <Show when={isAtLeast(props.found.me.role, 'contributor')}>
          <A class="button-icon" href={`/g/${group().id}/camera`} aria-label={groupWords.camera}>
            <Icon name="camera" />
          </A>
        </Show>
        <button
          type="button"
          class="button-icon aria-pressed:text-accent"
          aria-label={groupWords.filters}
          aria-pressed={props.isFiltering}
          onClick={() => props.onFilter()}
        >
          <Icon name="filter" />
        </button>
        <Show when={props.onDownload}>
          {(download) => (
            <button type="button" class="button-icon" aria-label={groupWords.downloadAll} onClick={() => download()()}>
              <Icon name="download" />
            </button>
          )}
        </Show>
        <A class="button-icon" href={`/g/${group().id}/trash`} aria-label={groupWords.trash}>
          <Icon name="trash" />
        </A>
        <A class="button-icon" href={`/g/${group().id}/settings`} aria-label={groupWords.settings}>
          <Icon name="settings" />
        </A>
        <Show
          when={isAdmin()}
          fallback={
            <A class="button button-quiet ml-auto wide:ml-1" href={`/g/${group().id}/people`}>
              {groupWords.peopleTitle}
            </A>
          }
        >
          <button type="button" class="button button-quiet ml-auto wide:ml-1" onClick={() => props.onInvite()}>
            {groupWords.invite}
          </button>
        </Show>
      </nav>
    </header>
  )
}
