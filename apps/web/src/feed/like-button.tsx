import { Show, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { FirstIcon } from '../ui/first-icon.tsx'
import { words } from '../words/words.ts'
import type { FeedItem } from './feed-item.ts'
import { useLikeToggle } from './use-like-toggle.ts'

/** A toggle whose name stays "Like" and whose state says the rest; the count is part of its name. */
export function LikeButton(props: { item: FeedItem; class: string; onImage?: boolean }): JSX.Element {
  const { likes } = useShoebox()
  const toggle = useLikeToggle()
  const isLiked = () => likes.isLiked(props.item.id)
  return (
    <button
      type="button"
      class={props.class}
      aria-pressed={isLiked()}
      aria-label={`${words.like.like}, ${words.like.count(props.item.likeCount)}`}
      onClick={() => toggle(props.item.id)}
    >
      <span
        class="flex h-8 items-center gap-1.5 rounded-full px-2.5 text-sm font-medium tabular-nums transition-colors"
        classList={{
          'bg-black/55 text-white': props.onImage ?? false,
          'group-hover:bg-black/75': props.onImage ?? false,
        }}
      >
        <FirstIcon
          name="heart"
          size={18}
          filled={isLiked()}
          class={isLiked() ? 'animate-[pop_180ms_ease-out] text-[#ff7a59]' : ''}
        />
        <Show when={props.item.likeCount > 0}>{props.item.likeCount}</Show>
      </span>
    </button>
  )
}
