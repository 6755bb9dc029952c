import { createSignal, onMount, untrack, type JSX } from 'solid-js'
import { createStore } from 'solid-js/store'
import { altTextCharactersMax, captionCharactersMax } from '@shoebox/shared/groups/policies.ts'
import { api } from '../api/client.ts'
import type { FeedItem } from '../feed/feed-item.ts'
import { TextArea } from '../ui/text-area.tsx'
import { showToast } from '../ui/toasts.tsx'
import { viewerWords as words } from '../words/viewer-words.ts'
import { sentenceForError } from '../words/words.ts'

export type Said = Pick<FeedItem, 'caption' | 'altText'>
type DescribeFormProps = { item: FeedItem; onSaid: (said: Said) => void; onEnd: () => void }

/** Caption and description of one's own item, in the place where they are read. Escape leaves them as they were. */
export function DescribeForm(props: DescribeFormProps): JSX.Element {
  const [fields, setFields] = createStore(untrack(() => ({ caption: props.item.caption, altText: props.item.altText })))
  const [isBusy, setBusy] = createSignal(false)
  let form: HTMLFormElement | undefined
  onMount(() => form?.querySelector('textarea')?.focus())

  const judge = (text: string, max: number) => (Array.from(text.trim()).length > max ? words.tooLong(max) : undefined)
  const captionFault = () => judge(fields.caption, captionCharactersMax)
  const altTextFault = () => judge(fields.altText, altTextCharactersMax)

  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    if (captionFault() !== undefined || altTextFault() !== undefined) return
    setBusy(true)
    const said = { caption: fields.caption.trim(), altText: fields.altText.trim() }
    try {
      await api.gallery.describe.mutate({ mediaId: props.item.id, ...said })
      props.onSaid(said)
      props.onEnd()
    } catch (error) {
      showToast(sentenceForError(error))
      setBusy(false)
    }
  }

  return (
    <form
      ref={(element) => (form = element)}
      class="fade flex flex-col gap-3 px-4 pt-2 pb-4 wide:flex-row wide:items-start"
      novalidate
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // Only the form closes, and not the picture above it.
        event.preventDefault()
        props.onEnd()
      }}
    >
      <div class="flex-1">
        <TextArea
          label={words.caption}
          rows={2}
          value={fields.caption}
          onInput={(text) => setFields('caption', text)}
          error={captionFault()}
        />
      </div>
      <div class="flex-1">
        <TextArea
          label={words.altText}
          rows={2}
          value={fields.altText}
          onInput={(text) => setFields('altText', text)}
          hint={words.altTextHint}
          error={altTextFault()}
        />
      </div>
      <div class="flex gap-2 wide:flex-col wide:pt-7">
        <button type="submit" class="button button-main flex-1" disabled={isBusy()}>
          {words.save}
        </button>
        <button type="button" class="button button-quiet flex-1" onClick={() => props.onEnd()}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
