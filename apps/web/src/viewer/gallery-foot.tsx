// Under an item of a gallery: what its owner wrote of it, and what can be done with it.
import { Show, type JSX } from 'solid-js'
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
import { ItemWords } from './item-words.tsx'

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
      <ItemWords
        item={props.item}
        isMine={props.item.isMine}
        onSaid={(said) => props.gallery.timeline().patch(props.item.id, said)}
      >
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
      </ItemWords>
    </footer>
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
