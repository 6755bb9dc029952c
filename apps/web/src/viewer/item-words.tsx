// What the owner of an item wrote of it, with their way to write it, under the opened item: of a gallery, or public.
import { createSignal, Show, type JSX } from 'solid-js'
import type { FeedItem } from '../feed/feed-item.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { DescribeForm, type Said } from './describe-form.tsx'

type ItemWordsProps = {
  item: FeedItem
  isMine: boolean
  /** It was kept; whoever shows the item shows this from now on. */
  onSaid: (said: Said) => void
  /** What can be done with the item, beside its words. */
  children?: JSX.Element
}

export function ItemWords(props: ItemWordsProps): JSX.Element {
  const [isEditing, setEditing] = createSignal(false)
  return (
    <Show
      when={!isEditing()}
      fallback={
        <DescribeForm item={props.item} onSaid={(said) => props.onSaid(said)} onEnd={() => setEditing(false)} />
      }
    >
      <div class="flex flex-col gap-x-4 px-2 py-1 wide:flex-row wide:items-center">
        <Words item={props.item} isMine={props.isMine} onEdit={() => setEditing(true)} />
        {props.children}
      </div>
    </Show>
  )
}

/** One's own item has a place for them also while they are empty. */
function Words(props: { item: FeedItem; isMine: boolean; onEdit: () => void }): JSX.Element {
  const isSilent = () => props.item.caption === '' && props.item.altText === ''
  return (
    <div class="flex min-w-0 flex-1 items-center gap-2 px-2">
      <div class="max-h-[24dvh] min-w-0 overflow-y-auto empty:hidden">
        <Show when={props.item.caption}>
          {(caption) => <p class="py-1 whitespace-pre-line wrap-anywhere">{caption()}</p>}
        </Show>
        <Show when={props.item.altText}>
          {(altText) => (
            <p class="py-1 text-sm text-soft wrap-anywhere">
              <span class="font-medium">{words.altText}:</span> {altText()}
            </p>
          )}
        </Show>
      </div>
      <Show when={props.isMine}>
        <button
          type="button"
          class="link min-h-11 min-w-11 shrink-0 text-left"
          aria-label={isSilent() ? undefined : words.editDescription}
          onClick={() => props.onEdit()}
        >
          {isSilent() ? words.addDescription : words.edit}
        </button>
      </Show>
    </div>
  )
}
