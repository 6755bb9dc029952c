// All that is told of an item, beside it. What the feed knows stands there at once; the rest follows.
import { A } from '@solidjs/router'
import { For, Match, Show, Switch, type JSX } from 'solid-js'
import { mediaFormats } from '@shoebox/shared/media/kinds.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { screenWords } from '../words/screen-words.ts'
import { words as allWords } from '../words/words.ts'
import { useDetails, type Details as ItemDetails } from './details-query.ts'

type Fact = {
  readonly name: string
  readonly value: string
  readonly note?: string | undefined
  /** Where more about the value is. */
  readonly href?: string
}

const { facts: names } = words

/** What is known of an item, where it is known. */
export function listFacts(item: FeedItem, details: ItemDetails | undefined): Fact[] {
  const { units } = allWords
  const taken = details?.taken ?? null
  const all: (Fact | null)[] = [
    fact(names.title, details?.tags?.title),
    fact(names.artist, details?.tags?.artist),
    fact(names.album, details?.tags?.album),
    fact(names.year, details?.tags?.year?.toString()),
    taken === null
      ? fact(names.taken, item.takenLocal === null ? null : screenWords.units.wallClock(item.takenLocal))
      : fact(
          names.taken,
          `${screenWords.units.wallClock(taken.local)}${sayOffset(taken)}`,
          words.takenSource[taken.source],
        ),
    details?.place == null ? null : fact(names.place, words.place(details.place), names.onlyYou),
    fact(names.camera, details?.camera),
    fact(names.lens, details?.lens),
    details?.exposure == null ? null : fact(names.exposure, words.exposure(details.exposure)),
    fact(names.kind, mediaFormats[item.type].label),
    item.widthPx === null || item.heightPx === null
      ? null
      : fact(names.dimensions, words.pixels(item.widthPx, item.heightPx)),
    item.durationMs === null ? null : fact(names.duration, units.runningTime(item.durationMs)),
    details === undefined ? null : fact(names.codec, sayFormat(details)),
    item.bytes === null ? null : fact(names.size, units.size(item.bytes)),
    fact(names.fileName, details?.fileName, names.onlyYou),
    { name: names.by, value: item.owner.name, href: `/u/${item.owner.id}` },
    fact(names.added, units.moment(new Date(item.publishedAt))),
  ]
  return all.filter((one) => one !== null)
}

const fact = (name: string, value: string | null | undefined, note?: string): Fact | null =>
  value == null || value === '' ? null : { name, value, note }

const sayOffset = ({ offsetMinutes }: NonNullable<ItemDetails['taken']>): string =>
  offsetMinutes === null ? ` (${words.noOffset})` : ` (${words.offset(offsetMinutes)})`

const sayFormat = ({ videoCodec, audioCodec, frameRate, isHdr }: ItemDetails): string =>
  [
    videoCodec === null ? '' : words.codec(videoCodec),
    audioCodec === null ? '' : words.codec(audioCodec),
    frameRate === null ? '' : words.frameRate(frameRate),
    isHdr ? words.hdrLong : '',
  ]
    .filter((part) => part !== '')
    .join(' · ')

export function Details(props: { item: FeedItem }): JSX.Element {
  const details = useDetails(() => props.item)
  return (
    <aside
      id="viewer-details"
      // Scrolls, and is to be scrolled by keys too.
      tabindex="0"
      aria-label={words.details}
      aria-busy={details.isPending}
      class="fade max-h-[45dvh] shrink-0 overflow-y-auto border-white/15 p-5 max-wide:border-t wide:max-h-none wide:w-80 wide:border-l"
    >
      <h2 class="mb-3 text-lg font-semibold">{words.details}</h2>
      <dl class="flex flex-col gap-3">
        <For each={listFacts(props.item, details.data)}>
          {(one) => (
            <div>
              <dt class="text-sm text-white/70">{one.name}</dt>
              <dd class="wrap-break-word">
                <Show when={one.href} fallback={one.value}>
                  {(href) => (
                    <A class="-my-2.5 inline-flex min-h-11 items-center underline underline-offset-3" href={href()}>
                      {one.value}
                    </A>
                  )}
                </Show>
                <Show when={one.note}>{(note) => <span class="block text-sm text-white/70">{note()}</span>}</Show>
              </dd>
            </div>
          )}
        </For>
      </dl>
      <Switch>
        <Match when={details.isPending}>
          <p class="pulse mt-4 text-sm text-white/70">{words.loading}</p>
        </Match>
        <Match when={details.isLoadingError}>
          <div role="alert" class="mt-4 flex items-center gap-3 text-sm text-white/70">
            <p class="flex-1">{names.failed}</p>
            <button
              type="button"
              class="button border-white/40 text-white hover:bg-white/12"
              onClick={() => void details.refetch()}
            >
              {allWords.fault.retry}
            </button>
          </div>
        </Match>
      </Switch>
      <Show when={props.item.isCutToFirstFrame}>
        <p class="mt-4 text-sm text-white/70">{names.firstFrame}</p>
      </Show>
    </aside>
  )
}
