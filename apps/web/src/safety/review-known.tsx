// What may not come back, and how it may again.
import { For, onMount, Show, type JSX } from 'solid-js'
import { paintThumbhash } from '../feed/paint-thumbhash.ts'
import { Icon } from '../ui/icon.tsx'
import { PageList } from '../ui/page-list.tsx'
import { reviewWords as words } from '../words/review-words.ts'
import { sentenceForDesk } from './desk-access.ts'
import { lift, useKnown, type Known } from './review-queries.ts'

export function ReviewKnown(): JSX.Element {
  const list = useKnown()
  const known = () => list.data?.pages.flatMap((page) => page.known) ?? []
  return (
    <section class="flex flex-col gap-3">
      <header>
        <h2 class="text-lg font-semibold">{words.knownTitle}</h2>
        <p class="text-soft">{words.knownLead}</p>
      </header>
      <PageList
        list={list}
        items={known()}
        failedTitle={words.knownFailed}
        sentenceFor={sentenceForDesk}
        empty={<p>{words.knownEmpty}</p>}
      >
        {(shown) => (
          <ul aria-label={words.knownTitle} class="rounded-box border border-line">
            <For each={shown()}>{(one) => <KnownRow known={one} />}</For>
          </ul>
        )}
      </PageList>
    </section>
  )
}

const KnownRow = (props: { known: Known }): JSX.Element => (
  <li class="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0">
    <span class="relative grid size-12 shrink-0 place-items-center overflow-hidden rounded-[7px] bg-sunken text-soft">
      <Show when={props.known.thumbhash} fallback={<Icon name={props.known.kind} size={20} />}>
        {(thumbhash) => <Blur thumbhash={thumbhash()} />}
      </Show>
    </span>
    <p class="min-w-0 flex-1 basis-40">
      <span class="block font-medium">{words.kinds[props.known.kind]}</span>
      <span class="block text-sm text-soft">{words.keptBy(props.known.addedBy, props.known.addedAt)}</span>
      <span class="block text-sm text-soft">{props.known.isKnownByLooks ? words.byLooks : words.byFile}</span>
    </p>
    <button type="button" class="button button-quiet" onClick={() => void lift(props.known.mediaId)}>
      {words.lift}
    </button>
  </li>
)

function Blur(props: { thumbhash: string }): JSX.Element {
  let canvas: HTMLCanvasElement | undefined
  onMount(() => canvas !== undefined && paintThumbhash(canvas, props.thumbhash))
  return <canvas ref={(element) => (canvas = element)} class="absolute inset-0 size-full" aria-hidden="true" />
}
