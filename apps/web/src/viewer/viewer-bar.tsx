import { Show, type JSX } from 'solid-js'
import { serverNow } from '../api/server-clock.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { LikeButton } from '../feed/like-button.tsx'
import { PersonMenu } from '../safety/person-menu.tsx'
import { Drawing } from '../ui/first-icon.tsx'
import { Icon } from '../ui/icon.tsx'
import { screenWords } from '../words/screen-words.ts'
import { viewerWords } from '../words/viewer-words.ts'
import { words } from '../words/words.ts'
import { drawings } from './player-drawings.ts'

type ViewerBarProps = {
  item: FeedItem | undefined
  isDetailed: boolean
  onClose: () => void
  onDetails: () => void
  onSlideshow: () => void
  /** Undefined where the item's foot has it, or nobody is signed in. */
  onDownload: (() => void) | undefined
}

export function ViewerBar(props: ViewerBarProps): JSX.Element {
  return (
    <header class="flex shrink-0 items-center gap-[4px] px-[8px] py-[4px]">
      <button type="button" class="button-icon" aria-label={words.close} onClick={() => props.onClose()}>
        <Icon name="close" />
      </button>
      <Show when={props.item} fallback={<span class="flex-1" />}>
        {(item) => (
          <>
            <div class="min-w-0 flex-1">
              <Byline item={item()} class="max-wide:hidden" />
            </div>
            <Show when={item().isHdr}>
              <abbr
                title={viewerWords.hdrLong}
                class="rounded-[6px] border border-white/40 px-1.5 text-xs leading-5 font-semibold no-underline"
              >
                {viewerWords.hdr}
              </abbr>
            </Show>
            <Show
              when={item().isHeld}
              fallback={
                <LikeButton
                  item={item()}
                  class="grid min-h-[44px] min-w-[44px] place-items-center rounded-full hover:bg-white/12"
                />
              }
            >
              <span title={viewerWords.heldLong} class="rounded-full border border-white/40 px-2.5 text-sm leading-7">
                {viewerWords.held}
              </span>
            </Show>
            <Show when={props.onDownload}>
              {(download) => (
                <button
                  type="button"
                  class="button-icon"
                  aria-label={viewerWords.download}
                  onClick={() => download()()}
                >
                  <Icon name="download" />
                </button>
              )}
            </Show>
            <button
              type="button"
              class="button-icon"
              aria-label={viewerWords.slideshow.title}
              title={viewerWords.slideshow.title}
              onClick={() => props.onSlideshow()}
            >
              <Drawing path={drawings.slideshow} />
            </button>
            <button
              type="button"
              class="button-icon"
              aria-label={viewerWords.details}
              aria-expanded={props.isDetailed}
              aria-controls={props.isDetailed ? 'viewer-details' : undefined}
              onClick={() => props.onDetails()}
            >
              <Icon name="info" />
            </button>
            <PersonMenu person={item().owner} subject={{ kind: 'item', id: item().id }} />
          </>
        )}
      </Show>
    </header>
  )
}

/** Whose it is and since when: in the bar where that is wide enough, else at the foot. */
export function Byline(props: { item: FeedItem; class: string }): JSX.Element {
  const secondsAgo = () => (serverNow() - Date.parse(props.item.publishedAt)) / 1000
  return (
    <p class={`truncate ${props.class}`}>
      <span class="font-medium">{props.item.owner.name}</span>
      <span class="ml-2 text-sm text-white/70">{screenWords.units.ago(secondsAgo())}</span>
    </p>
  )
}
