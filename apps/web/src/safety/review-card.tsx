// One item that waits, as those would see it whom it is for, with all there is to judge it by.
import { Match, Show, Switch, type JSX } from 'solid-js'
import { playFile } from '@shoebox/shared/upload/object-keys.ts'
import { serverNow } from '../api/server-clock.ts'
import { pictureUrl } from '../feed/feed-item.ts'
import { Icon } from '../ui/icon.tsx'
import { reviewWords as words } from '../words/review-words.ts'
import { screenWords } from '../words/screen-words.ts'
import type { Held } from './review-queries.ts'

type ReviewCardProps = {
  held: Held
  isChosen: boolean
  onChoose: () => void
  onApprove: () => void
  onRefuse: () => void
}

const nameOf = ({ purpose, item }: Held): string =>
  purpose === 'avatar'
    ? words.avatarOf(item.owner.name)
    : purpose === 'cover'
      ? words.coverOf(item.owner.name)
      : words.item(item.owner.name)

export function ReviewCard(props: ReviewCardProps): JSX.Element {
  const item = () => props.held.item
  const name = () => nameOf(props.held)
  return (
    <li
      class="flex flex-col overflow-hidden rounded-box border bg-raised"
      classList={{ 'border-accent': props.isChosen, 'border-line': !props.isChosen }}
    >
      <Shown held={props.held} name={name()} />
      <div class="flex flex-1 flex-col gap-2 p-4">
        <div class="flex items-start gap-3">
          <p class="min-w-0 flex-1">
            <a
              class="font-medium wrap-anywhere underline decoration-line underline-offset-3"
              href={`/u/${item().owner.id}`}
            >
              {item().owner.name}
            </a>
            <span class="block text-sm text-soft">{words.accountSince(props.held.ownerSince)}</span>
          </p>
          <Show when={!props.held.isOwn}>
            <label class="-mt-2.5 -mr-2.5 grid size-11 shrink-0 cursor-pointer place-items-center">
              <input
                type="checkbox"
                class="size-5"
                aria-label={words.choose(name())}
                checked={props.isChosen}
                onChange={() => props.onChoose()}
              />
            </label>
          </Show>
        </div>
        <Facts held={props.held} />
        <Show when={!props.held.isOwn} fallback={<p class="mt-auto pt-2 text-sm text-soft">{words.isOwn}</p>}>
          <div class="mt-auto flex gap-2 pt-2">
            <button type="button" class="button button-quiet flex-1" onClick={() => props.onRefuse()}>
              {words.refuse}
            </button>
            <button type="button" class="button button-main flex-1" onClick={() => props.onApprove()}>
              {words.approve}
            </button>
          </div>
        </Show>
      </div>
    </li>
  )
}

function Facts(props: { held: Held }): JSX.Element {
  const seconds = () => (serverNow() - Date.parse(props.held.item.publishedAt)) / 1000
  const why = () => {
    const { reason, removedAt } = props.held
    return removedAt === null ? words.reasons[reason] : words.alikeTo(removedAt)
  }
  const where = () => (props.held.groupName === null ? words.inPublic : words.inGroup(props.held.groupName))
  return (
    <>
      <p class="flex items-start gap-2 text-sm" classList={{ 'text-bad': props.held.reason === 'alike' }}>
        <Icon name={props.held.reason === 'alike' ? 'warning' : 'you'} size={18} class="mt-px shrink-0" />
        {why()}
      </p>
      <p class="text-sm text-soft">
        {where()} · {words.added(screenWords.units.ago(seconds()))}
      </p>
      <Show when={props.held.item.caption}>{(caption) => <p class="wrap-anywhere">{caption()}</p>}</Show>
      <Show when={props.held.item.altText}>
        {(altText) => (
          <p class="text-sm wrap-anywhere text-soft">
            {words.altText}: {altText()}
          </p>
        )}
      </Show>
    </>
  )
}

function Shown(props: { held: Held; name: string }): JSX.Element {
  const item = () => props.held.item
  const playUrl = () => `${item().delivery.base}/${playFile}?${item().delivery.query}`
  return (
    <div class="grid h-60 place-items-center overflow-hidden bg-sunken text-soft">
      <Switch fallback={<p class="px-6 text-center">{words.noPicture}</p>}>
        <Match when={item().kind === 'audio' && item().hasPlay}>
          <audio controls preload="none" class="w-full px-4" aria-label={props.name} src={playUrl()} />
        </Match>
        <Match when={item().hasPlay}>
          <video
            controls
            preload="none"
            class="size-full bg-black object-contain"
            aria-label={props.name}
            src={playUrl()}
            {...(item().hasPoster ? { poster: pictureUrl(item(), 'preview') } : {})}
          />
        </Match>
        <Match when={item().hasPoster}>
          <img class="size-full object-contain" src={pictureUrl(item(), 'preview')} alt={props.name} loading="lazy" />
        </Match>
      </Switch>
    </div>
  )
}
