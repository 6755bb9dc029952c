// The box in which something is said of an item: Enter or its button sends it.
import { createEffect, createSignal, on, Show, type JSX } from 'solid-js'
import { commentCharactersMax } from '@shoebox/shared/groups/policies.ts'
import { viewerWords } from '../words/viewer-words.ts'
import { sentenceForError } from '../words/words.ts'

const { comments: names } = viewerWords

export function AddComment(props: { add: (text: string) => Promise<unknown> }): JSX.Element {
  const [text, setText] = createSignal('')
  const [isBusy, setBusy] = createSignal(false)
  const [fault, setFault] = createSignal<string>()
  const left = () => commentCharactersMax - Array.from(text().trim()).length
  let form: HTMLFormElement | undefined
  let box: HTMLTextAreaElement | undefined

  const add = async () => {
    const said = text().trim()
    if (said === '' || left() < 0 || isBusy()) return
    setBusy(true)
    setFault(undefined)
    try {
      await props.add(said)
      if (text().trim() === said) setText('')
    } catch (error) {
      setFault(sentenceForError(error))
    } finally {
      setBusy(false)
      takeFocusBack()
    }
  }
  /** The button is gone with the words it sent. Who has gone on meanwhile stays where they are. */
  const takeFocusBack = () => {
    const now = document.activeElement
    if (now === null || now === document.body || form?.contains(now)) box?.focus()
  }
  // As high as its words, so that nothing of a comment is hidden while it is written.
  createEffect(
    on(text, () => {
      if (box === undefined) return
      box.style.height = 'auto'
      box.style.height = `${box.scrollHeight + 2}px`
    }),
  )

  return (
    <form
      ref={(element) => (form = element)}
      class="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <textarea
        ref={(element) => (box = element)}
        rows={1}
        class="max-h-40 min-h-11 w-full resize-none rounded-box border border-line bg-raised px-3 py-2 text-base placeholder:text-soft hover:border-soft aria-invalid:border-bad"
        placeholder={names.write}
        aria-label={names.write}
        aria-invalid={left() < 0 || undefined}
        aria-describedby={left() <= 50 ? 'comment-left' : undefined}
        value={text()}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          void add()
        }}
      />
      <Show when={fault()}>
        {(sentence) => (
          <p role="alert" class="text-sm text-bad">
            {sentence()}
          </p>
        )}
      </Show>
      <Show when={text().trim() !== ''}>
        <div class="flex items-center justify-between gap-3">
          <p id="comment-left" class="text-sm text-soft tabular-nums" classList={{ 'text-bad': left() < 0 }}>
            <Show when={left() <= 50}>{names.left(left())}</Show>
          </p>
          <button type="submit" class="button button-main" disabled={isBusy() || left() < 0}>
            {names.add}
          </button>
        </div>
      </Show>
    </form>
  )
}
