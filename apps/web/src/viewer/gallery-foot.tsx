// Under an item of a gallery: what its owner wrote of it, and what can be done with it.
import { createSignal, Show, type JSX } from 'solid-js'
import { isAtLeast } from '@shoebox/shared/groups/roles.ts'
import { api } from '../api/client.ts'
import type { GalleryItem } from '../gallery/gallery-item.ts'
import type { Gallery } from '../gallery/use-gallery.ts'
import { renewGroup } from '../groups/renew-group.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { showToast } from '../ui/toasts.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { viewerWords as words } from '../words/viewer-words.ts'
import { sentenceForError } from '../words/words.ts'
import { DescribeForm } from './describe-form.tsx'

type FootProps = {
  gallery: Gallery
  item: GalleryItem
  areCommentsOpen: boolean
  onComments: () => void
  /** Shows another item, or none: this one is about to go. */
  onTrash: () => void
}

/** Drawn anew for another item. */
export function GalleryFoot(props: FootProps): JSX.Element {
  const [isEditing, setEditing] = createSignal(false)
  const isAdmin = () => isAtLeast(props.gallery.role(), 'admin')

  const run = async (work: Promise<unknown>, done?: string) => {
    try {
      await work
      if (done !== undefined) showToast(done)
    } catch (error) {
      showToast(sentenceForError(error))
    }
  }
  const useAsCover = async () => {
    await api.groups.edit.mutate({ groupId: props.gallery.groupId, coverId: props.item.id })
    renewGroup(props.gallery.groupId)
  }

  return (
    <footer class="shrink-0 pb-[env(safe-area-inset-bottom)]">
      <Show
        when={!isEditing()}
        fallback={<DescribeForm gallery={props.gallery} item={props.item} onEnd={() => setEditing(false)} />}
      >
        <div class="flex flex-col gap-x-4 px-2 py-1 wide:flex-row wide:items-center">
          <Said item={props.item} onEdit={() => setEditing(true)} />
          <div class="flex shrink-0 justify-around gap-1">
            <Tool
              icon="comment"
              name={words.comments.count(props.item.commentCount)}
              count={props.item.commentCount}
              isOpen={props.areCommentsOpen}
              onClick={() => props.onComments()}
            />
            <Tool
              icon="download"
              name={galleryWords.download}
              onClick={() => void run(props.gallery.actions().download([props.item.id]))}
            />
            <Show when={isAdmin() && props.item.hasPoster}>
              <Tool icon="image" name={words.useAsCover} onClick={() => void run(useAsCover(), words.coverSet)} />
            </Show>
            <Show when={props.item.isMine || isAdmin()}>
              <Tool icon="trash" name={galleryWords.trash} onClick={() => props.onTrash()} />
            </Show>
          </div>
        </div>
      </Show>
    </footer>
  )
}

/** Caption and description. One's own item has a place for them also while they are empty. */
function Said(props: { item: GalleryItem; onEdit: () => void }): JSX.Element {
  const isSilent = () => props.item.caption === '' && props.item.altText === ''
  return (
    <div class="flex min-w-0 flex-1 items-center gap-2 px-2">
      <div class="max-h-[24dvh] min-w-0 overflow-y-auto">
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
      <Show when={props.item.isMine}>
        <button
          type="button"
          class="link min-h-11 shrink-0 px-1"
          aria-label={isSilent() ? undefined : words.editDescription}
          onClick={() => props.onEdit()}
        >
          {isSilent() ? words.addDescription : words.edit}
        </button>
      </Show>
    </div>
  )
}

type ToolProps = { icon: IconName; name: string; count?: number; isOpen?: boolean; onClick: () => void }

function Tool(props: ToolProps): JSX.Element {
  return (
    <button
      type="button"
      class="flex min-h-11 min-w-11 items-center justify-center gap-1.5 rounded-full px-2.5 tabular-nums transition-colors hover:bg-white/12"
      aria-label={props.name}
      aria-expanded={props.isOpen}
      title={props.name}
      onClick={() => props.onClick()}
    >
      <Icon name={props.icon} />
      <Show when={props.count}>{props.count}</Show>
    </button>
  )
}
