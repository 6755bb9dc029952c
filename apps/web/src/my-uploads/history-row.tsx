// One upload of the history: where it stands, why, what to do, and its receipt.
import { A } from '@solidjs/router'
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { findMediaType, kindOf } from '@shoebox/shared/media/kinds.ts'
import { serverNow } from '../api/server-clock.ts'
import { hrefOfHeld } from '../feed/feed-item.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { ItemThumb } from '../upload/file-thumb.tsx'
import { groupNameOf, hrefOfPlace, publicFeed, type Destination } from '../upload/destination.ts'
import { labelOf } from '../upload/label-type.ts'
import { isPassing } from '../upload/may-retry.ts'
import { PickButton } from '../upload/pick-button.tsx'
import { historyWords } from '../words/history-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { uploadWords } from '../words/upload-words.ts'
import { sentenceForRefusal, words } from '../words/words.ts'
import type { HistoryItem } from './history-store.ts'

export function HistoryRow(props: { item: HistoryItem; onCancel: () => void }): JSX.Element {
  const isBad = () => props.item.state === 'refused' || props.item.state === 'expired' || isAside(props.item)
  return (
    <li class="flex items-start gap-3 px-4 py-3" data-state={props.item.state}>
      <span class="relative grid size-11 shrink-0 place-items-center overflow-hidden rounded-[7px] bg-sunken text-soft">
        <Icon name={iconOf(props.item)} size={20} />
        <Show when={props.item.item}>{(item) => <ItemThumb item={item()} />}</Show>
      </span>
      <div class="min-w-0 flex-1">
        <p class="font-medium" title={props.item.fileName}>
          <Show
            when={props.item.state === 'ready' && !isAside(props.item) && !isTrashed(props.item)}
            fallback={<span class="block truncate">{props.item.fileName}</span>}
          >
            <A
              class="relative -my-3 block truncate py-3 underline decoration-line underline-offset-3"
              href={hrefOf(props.item)}
            >
              {props.item.fileName}
            </A>
          </Show>
        </p>
        <p class="text-sm tabular-nums" classList={{ 'text-bad': isBad(), 'text-soft': !isBad() }}>
          {describe(props.item)}
        </p>
        <For each={explain(props.item)}>{(text) => <p class="text-sm text-soft">{text}</p>}</For>
        <div class="-mb-2 flex flex-wrap items-center gap-x-4 text-sm">
          <Switch>
            <Match when={props.item.state === 'reserved'}>
              <Show when={!isWhole(props.item)}>
                <PickButton
                  class="link min-h-11"
                  place={placeOf(props.item)}
                  goOnWith={{ mediaId: props.item.mediaId, bytes: props.item.declaredBytes }}
                >
                  {historyWords.pickAgain}
                </PickButton>
              </Show>
              <button type="button" class="link min-h-11" onClick={() => props.onCancel()}>
                {historyWords.cancel}
              </button>
            </Match>
            <Match when={isAside(props.item)}>
              <A class="link-alone" href={`/appeal?item=${props.item.mediaId}`}>
                {historyWords.appeal}
              </A>
            </Match>
            <Match when={isTrashed(props.item)}>
              <A class="link-alone" href="/you/trash">
                {historyWords.toTrash}
              </A>
            </Match>
            <Match when={mayRetry(props.item)}>
              <PickButton class="link min-h-11" place={placeOf(props.item)}>
                {historyWords.pickAgain}
              </PickButton>
            </Match>
          </Switch>
          <Receipt item={props.item} />
        </div>
      </div>
    </li>
  )
}

const isHeld = ({ item }: HistoryItem): boolean => item?.isHeld === true

/** Shown at its place no more, until it is put back. */
const isTrashed = ({ item }: HistoryItem): boolean => item?.isTrashed === true

const hrefOf = (item: HistoryItem): string =>
  item.item?.isHeld === true ? hrefOfHeld(item.item) : `${hrefOfPlace(placeOf(item))}p/${item.mediaId}`

/** A file that is chosen again goes where it was meant for, and nowhere else. */
const placeOf = ({ group }: HistoryItem): Destination =>
  group === null ? publicFeed : { kind: 'group', groupId: group.id, name: group.name ?? historyWords.groupLeft }

const iconOf = (item: HistoryItem): IconName => {
  const type = findMediaType(item.detectedType ?? item.declaredType)
  return type === null ? 'warning' : kindOf(type)
}

/** All of it has arrived: there is nothing to send, only to wait for. */
const isWhole = ({ state, arrived }: HistoryItem): boolean => state === 'reserved' && arrived?.isWhole === true

/** Moderators put it out of sight: its owner is shown no picture of it either. */
const isAside = ({ state, item }: HistoryItem): boolean => state === 'ready' && item === null

/** The file itself may be all right: sending it once more can help. */
const mayRetry = ({ state, reason }: HistoryItem): boolean =>
  state === 'expired' || (reason !== null && isPassing(reason))

const nameState = (item: HistoryItem): string => {
  if (isAside(item)) return historyWords.aside
  if (isHeld(item)) return uploadWords.held
  if (isTrashed(item)) return uploadWords.trashed
  if (isWhole(item)) return uploadWords.states.inspecting
  const group = groupNameOf(placeOf(item))
  return item.state === 'ready' && group !== null ? uploadWords.inGroup(group) : historyWords.states[item.state]
}

function describe(item: HistoryItem): string {
  const seconds = (serverNow() - Date.parse(item.createdAt)) / 1000
  const units = [words.units.size(item.declaredBytes), screenWords.units.ago(seconds)]
  // A line ends behind a dot, and never between a number and its unit.
  return [nameState(item), ...units.map((text) => text.replaceAll(' ', '\u00a0'))].join('\u00a0· ')
}

/** Why it stands where it does and what to do about it. */
function explain(item: HistoryItem): string[] {
  switch (item.state) {
    case 'reserved':
      return isWhole(item) ? [] : [...noteArrived(item), historyWords.goOn]
    case 'expired':
      return [historyWords.expired]
    case 'cancelled':
      return [historyWords.cancelled]
    case 'ready':
      if (isAside(item)) return [historyWords.asideWhy]
      return [...(isHeld(item) ? [historyWords.held] : []), ...noteOther(item, historyWords.otherKept)]
    case 'refused':
      return [...noteOther(item, historyWords.other), sentenceForRefusal({ code: item.reason ?? 'type_unknown' })]
  }
}

const noteArrived = ({ arrived, declaredBytes }: HistoryItem): string[] =>
  !arrived?.bytes ? [] : [historyWords.arrived(words.units.size(arrived.bytes), words.units.size(declaredBytes))]

const noteOther = (
  { declaredType, detectedType }: HistoryItem,
  say: (declared: string, detected: string) => string,
): string[] =>
  detectedType === null || detectedType === declaredType ? [] : [say(labelOf(declaredType), labelOf(detectedType))]

function listReceipt(item: HistoryItem): [string, string][] {
  const upload = uploadWords
  const { units } = words
  const moment = (text: string) => units.moment(new Date(text))
  const result = item.reason === null ? nameState(item) : upload.causes[item.reason]
  const lines: [string, string | null][] = [
    [historyWords.name, item.fileName],
    [historyWords.size, screenWords.units.exactSize(item.declaredBytes)],
    [historyWords.announced, labelOf(item.declaredType)],
    [historyWords.detected, item.detectedType === null ? null : labelOf(item.detectedType)],
    [historyWords.begun, moment(item.createdAt)],
    [historyWords.settled, item.settledAt === null ? null : moment(item.settledAt)],
    [historyWords.result, result],
    [historyWords.reference, item.mediaId],
  ]
  return lines.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
}

function Receipt(props: { item: HistoryItem }): JSX.Element {
  return (
    <details class="min-w-0 open:w-full">
      <summary class="link inline-flex min-h-11 cursor-pointer list-none items-center">{historyWords.receipt}</summary>
      <dl class="mb-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-box bg-sunken p-3 max-wide:-ml-14">
        <For each={listReceipt(props.item)}>
          {([name, value]) => (
            <>
              <dt class="text-soft">{name}</dt>
              <dd class="min-w-0 wrap-anywhere">{value}</dd>
            </>
          )}
        </For>
      </dl>
    </details>
  )
}
