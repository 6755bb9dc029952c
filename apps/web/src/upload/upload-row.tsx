import { A } from '@solidjs/router'
import { Match, Show, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { hrefOfHeld } from '../feed/feed-item.ts'
import { Icon } from '../ui/icon.tsx'
import { uploadWords } from '../words/upload-words.ts'
import { words } from '../words/words.ts'
import { hrefOfPlace } from './destination.ts'
import { FileThumb } from './file-thumb.tsx'
import { labelOf } from './label-type.ts'
import { mayRetry } from './may-retry.ts'
import { isActive, isDuplicate, isOverDay, type UploadItem } from './upload-item.ts'

/** It stands where it was sent to, for whoever looks there. */
const isInPlace = ({ state, shown }: UploadItem): boolean =>
  state === 'ready' && shown?.isHeld !== true && shown?.isTrashed !== true

const isBad = ({ state }: UploadItem): boolean => state === 'refused' || state === 'failed'

function nameState({ state, shown, destination }: UploadItem): string {
  if (shown?.isHeld === true) return uploadWords.held
  if (shown?.isTrashed === true) return uploadWords.trashed
  return state === 'ready' && destination.kind === 'group'
    ? uploadWords.inGroup(destination.name)
    : uploadWords.states[state]
}

/** What is to be said of this file alone; what it shares with others stands above them. */
function describe(item: UploadItem): string {
  const upload = uploadWords
  const { units } = words
  const size = units.size(item.file.size)
  if (item.state === 'sending') {
    const percent = item.file.size === 0 ? 0 : Math.floor((item.sentBytes / item.file.size) * 100)
    return `${upload.states.sending} ${upload.percent(percent)} · ${size}`
  }
  // Alone: beside the state, which stands above it too, it would be cut off.
  if (item.arrivedBytes > 0 && (item.state === 'reserved' || item.state === 'failed'))
    return upload.partly(units.size(item.arrivedBytes), size)
  const limit = item.refusal?.bytesMax === undefined ? [] : [words.upload.limit(units.size(item.refusal.bytesMax))]
  const found = item.detectedType === null ? [] : [upload.foundType(labelOf(item.detectedType))]
  return [nameState(item), size, ...found, ...limit].join(' · ')
}

/** One file, 64 px tall. `topPx`: where it stands in a list that leaves room for rows it does not draw. */
export function UploadRow(props: {
  item: UploadItem
  topPx?: number
  position?: number
  setSize?: number
}): JSX.Element {
  const share = () => (props.item.file.size === 0 ? 0 : props.item.sentBytes / props.item.file.size)
  return (
    <li
      class="absolute inset-x-0 flex h-16 items-center gap-3 px-4"
      style={{ top: `${props.topPx ?? 0}px` }}
      aria-posinset={props.position}
      aria-setsize={props.setSize}
      data-state={props.item.state}
      data-key={props.item.key}
      tabindex="-1"
    >
      <FileThumb item={props.item} />
      <div class="min-w-0 flex-1">
        <p class="font-medium" title={props.item.file.name}>
          <RowName item={props.item} />
        </p>
        <p
          class="truncate text-sm tabular-nums"
          classList={{ 'text-bad': isBad(props.item), 'text-soft': !isBad(props.item) }}
          title={describe(props.item)}
        >
          <Show when={isInPlace(props.item)}>
            <Icon name="check" size={16} class="mr-1 inline text-good" />
          </Show>
          {describe(props.item)}
        </p>
        <Show when={props.item.state === 'sending'}>
          <div class="mt-0.5 h-1 overflow-hidden rounded-full bg-sunken">
            <div
              class="h-full origin-left bg-accent transition-transform"
              style={{ transform: `scaleX(${share()})` }}
            />
          </div>
        </Show>
        <Show when={props.item.state === 'received' || props.item.state === 'inspecting'}>
          <div class="pulse mt-0.5 h-1 rounded-full bg-accent" />
        </Show>
      </div>
      <RowActions item={props.item} />
    </li>
  )
}

/** Null: it stands where it was sent to. */
const hrefOf = ({ shown }: UploadItem): string | null => (shown?.isHeld === true ? hrefOfHeld(shown) : null)

/** The name, which leads to the item where there is one to look at. */
function RowName(props: { item: UploadItem }): JSX.Element {
  const target = () => {
    if (props.item.state !== 'ready') return props.item.duplicateOf
    return props.item.shown?.isTrashed === true ? null : props.item.mediaId
  }
  const label = () =>
    props.item.state === 'ready'
      ? uploadWords.openItem(props.item.file.name)
      : uploadWords.openExisting(props.item.file.name)
  return (
    <Show when={target()} fallback={<span class="block truncate">{props.item.file.name}</span>}>
      {(mediaId) => (
        <A
          class="relative -my-3 block truncate py-3 underline decoration-line underline-offset-3"
          href={hrefOf(props.item) ?? `${hrefOfPlace(props.item.destination)}p/${mediaId()}`}
          aria-label={label()}
        >
          {props.item.file.name}
        </A>
      )}
    </Show>
  )
}

function RowActions(props: { item: UploadItem }): JSX.Element {
  const { uploads } = useShoebox()
  const name = () => props.item.file.name
  return (
    <Switch>
      <Match when={isDuplicate(props.item)}>
        <button
          type="button"
          class="link min-h-11 shrink-0 text-sm"
          aria-label={uploadWords.addAnywayLong(name())}
          onClick={() => uploads.addAnyway([props.item.key])}
        >
          {uploadWords.addAnyway}
        </button>
      </Match>
      <Match when={mayRetry(props.item) || isActive(props.item.state)}>
        <span class="-mr-2 flex shrink-0">
          <Show when={mayRetry(props.item)}>
            <button
              type="button"
              class="button-icon"
              aria-label={uploadWords.retry(name())}
              onClick={() => uploads.retry([props.item.key])}
            >
              <Icon name="retry" size={20} />
            </button>
          </Show>
          <Show when={props.item.state !== 'refused' || isOverDay(props.item)}>
            <button
              type="button"
              class="button-icon"
              aria-label={uploadWords.cancel(name())}
              onClick={() => uploads.cancel([props.item.key])}
            >
              <Icon name="close" size={20} />
            </button>
          </Show>
        </span>
      </Match>
    </Switch>
  )
}
