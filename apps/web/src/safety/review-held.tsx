// What waits, the longest first, to be decided one by one or several at once.
import { createMemo, createSignal, For, Show, type JSX } from 'solid-js'
import { Notice } from '../ui/notice.tsx'
import { PageList } from '../ui/page-list.tsx'
import { reviewWords as words } from '../words/review-words.ts'
import { sentenceForDesk } from './desk-access.ts'
import { ReviewCard } from './review-card.tsx'
import { judge, useHeld, type Held, type MediaId, type Verdict } from './review-queries.ts'
import { RefuseSheet } from './review-refuse.tsx'

const none: ReadonlySet<MediaId> = new Set()
/** As many as one call judges. */
const chosenMax = 100

export function ReviewHeld(): JSX.Element {
  const list = useHeld()
  const held = () => list.data?.pages.flatMap((page) => page.held) ?? []
  const [marked, setMarked] = createSignal(none)
  const [refusing, setRefusing] = createSignal<readonly MediaId[]>()
  // What was decided meanwhile is chosen no more.
  const chosen = createMemo(() =>
    held()
      .map(({ item }) => item.id)
      .filter((id) => marked().has(id)),
  )
  const choose = (id: MediaId) => {
    const next = new Set(marked())
    if (!next.delete(id) && next.size < chosenMax) next.add(id)
    setMarked(next)
  }
  const decide = async (ids: readonly MediaId[], verdict: Verdict) => {
    setRefusing(undefined)
    if (await judge(ids, verdict)) setMarked(none)
  }
  return (
    <section class="flex flex-col gap-4">
      <header>
        <h2 class="text-lg font-semibold">{words.heldTitle}</h2>
        <p class="text-soft">{words.heldLead}</p>
      </header>
      <PageList
        list={list}
        items={held()}
        failedTitle={words.failedTitle}
        sentenceFor={sentenceForDesk}
        empty={<Notice icon="check" title={words.emptyTitle} text={words.empty} />}
      >
        {(shown) => (
          <ul aria-label={words.heldTitle} class="grid gap-4 wide:grid-cols-[repeat(auto-fill,minmax(300px,1fr))]">
            <For each={shown()}>
              {(one) => (
                <ReviewCard
                  held={one}
                  isChosen={marked().has(one.item.id)}
                  onChoose={() => choose(one.item.id)}
                  onApprove={() => void decide([one.item.id], 'approve')}
                  onRefuse={() => setRefusing([one.item.id])}
                />
              )}
            </For>
          </ul>
        )}
      </PageList>
      <Show when={chosen().length > 0}>
        <ChosenBar
          count={chosen().length}
          onAll={() => setMarked(new Set(judgeable(held()).slice(0, chosenMax)))}
          onClear={() => setMarked(none)}
          onApprove={() => void decide(chosen(), 'approve')}
          onRefuse={() => setRefusing(chosen())}
        />
      </Show>
      <Show when={refusing()}>
        {(ids) => (
          <RefuseSheet
            count={ids().length}
            onClose={() => setRefusing(undefined)}
            onRefuse={(verdict) => void decide(ids(), verdict)}
          />
        )}
      </Show>
    </section>
  )
}

const judgeable = (shown: readonly Held[]): MediaId[] => shown.filter(({ isOwn }) => !isOwn).map(({ item }) => item.id)

function ChosenBar(props: {
  count: number
  onAll: () => void
  onClear: () => void
  onApprove: () => void
  onRefuse: () => void
}): JSX.Element {
  return (
    <div
      role="region"
      aria-label={words.chosen(props.count)}
      class="sticky bottom-[calc(72px+env(safe-area-inset-bottom))] z-10 flex flex-wrap items-center gap-3 rounded-box border border-line bg-raised p-3 wide:bottom-4"
    >
      <span class="min-w-40 flex-1 font-medium">{words.chosen(props.count)}</span>
      <button type="button" class="link min-h-11 px-2" onClick={() => props.onAll()}>
        {words.chooseAll}
      </button>
      <button type="button" class="link min-h-11 px-2" onClick={() => props.onClear()}>
        {words.clear}
      </button>
      <button type="button" class="button button-quiet" onClick={() => props.onRefuse()}>
        {words.refuse}
      </button>
      <button type="button" class="button button-main" onClick={() => props.onApprove()}>
        {words.approve}
      </button>
    </div>
  )
}
