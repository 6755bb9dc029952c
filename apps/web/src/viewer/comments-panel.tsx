// What people said of the opened item. Beside the picture, as its details are.
import { For, Match, onCleanup, Show, Switch, untrack, type JSX } from 'solid-js'
import { serverNow } from '../api/server-clock.ts'
import { api } from '../api/client.ts'
import type { GalleryItem } from '../gallery/gallery-item.ts'
import type { Gallery } from '../gallery/use-gallery.ts'
import { onApart } from '../safety/apart.ts'
import { PersonMenu } from '../safety/person-menu.tsx'
import { Avatar } from '../ui/avatar.tsx'
import { Icon } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { screenWords } from '../words/screen-words.ts'
import { viewerWords } from '../words/viewer-words.ts'
import { sentenceForError, words } from '../words/words.ts'
import { AddComment } from './add-comment.tsx'
import { Comments, type Comment } from './comment-store.ts'

const { comments: names } = viewerWords

/** What others say while the panel is open is heard of this soon. Milliseconds. */
const everyMs = 10_000

/** Drawn anew for another item. */
export function CommentsPanel(props: { gallery: Gallery; item: GalleryItem }): JSX.Element {
  const { id: mediaId } = untrack(() => props.item)
  const comments = new Comments({
    list: (cursor) => api.comments.list.query(cursor === null ? { mediaId } : { mediaId, cursor }),
    add: (text) => api.comments.add.mutate({ mediaId, text }),
    remove: (commentId) => api.comments.remove.mutate({ commentId }),
    onCount: (commentCount) => props.gallery.timeline().patch(mediaId, { commentCount }),
    countNow: () => props.item.commentCount,
  })
  void comments.load()
  const timer = setInterval(() => document.hidden || void comments.load(), everyMs)
  onCleanup(() => clearInterval(timer))
  onCleanup(onApart((userId, isApart) => (isApart ? comments.leaveOut(userId) : void comments.load())))

  return (
    <aside
      id="viewer-comments"
      tabindex="0"
      aria-label={names.title}
      class="fade flex max-h-[55dvh] shrink-0 flex-col gap-4 overflow-y-auto border-white/15 p-5 max-wide:border-t wide:max-h-none wide:w-90 wide:border-l"
    >
      <h2 class="text-lg font-semibold">{names.title}</h2>
      <AddComment add={(text) => comments.add(text)} />
      <Switch>
        <Match when={comments.state() === 'loading'}>
          <p class="pulse text-soft">{viewerWords.loading}</p>
        </Match>
        <Match when={comments.state() === 'failed'}>
          <div role="alert" class="flex items-center gap-3 text-soft">
            <p class="flex-1">{names.failed}</p>
            <button type="button" class="button button-quiet" onClick={() => void comments.load()}>
              {words.fault.retry}
            </button>
          </div>
        </Match>
        <Match when={comments.comments().length === 0}>
          <p class="text-soft">{names.none}</p>
        </Match>
        <Match when={true}>
          <ul class="flex flex-col gap-4">
            <For each={comments.comments()}>{(comment) => <Row comment={comment} comments={comments} />}</For>
          </ul>
          <Show when={comments.hasMore()}>
            <button
              type="button"
              class="link min-h-11 self-start"
              onClick={() => void comments.loadMore().catch((error: unknown) => showToast(sentenceForError(error)))}
            >
              {names.more}
            </button>
          </Show>
        </Match>
      </Switch>
    </aside>
  )
}

function Row(props: { comment: Comment; comments: Comments }): JSX.Element {
  const remove = async () => {
    try {
      await props.comments.remove(props.comment.id)
      showToast(names.removed)
    } catch (error) {
      showToast(sentenceForError(error))
    }
  }
  return (
    <li class="flex gap-3">
      <Avatar name={props.comment.author.name} avatar={props.comment.author.avatar} sizePx={32} />
      <div class="min-w-0 flex-1">
        <p class="flex items-baseline gap-2">
          <span class="truncate font-medium">{props.comment.author.name}</span>
          <time class="shrink-0 text-sm text-soft" datetime={props.comment.createdAt}>
            {screenWords.units.ago((serverNow() - Date.parse(props.comment.createdAt)) / 1000)}
          </time>
        </p>
        <p class="whitespace-pre-line wrap-anywhere">{props.comment.text}</p>
      </div>
      <PersonMenu
        person={props.comment.author}
        subject={{ kind: 'comment', id: props.comment.id }}
        class="-mt-2 -mr-2 text-soft"
      />
      <Show when={props.comment.isRemovable}>
        <button
          type="button"
          class="button-icon -mt-2 -mr-2 text-soft"
          aria-label={names.removeOne(props.comment.author.name)}
          onClick={() => void remove()}
        >
          <Icon name="trash" size={18} />
        </button>
      </Show>
    </li>
  )
}
