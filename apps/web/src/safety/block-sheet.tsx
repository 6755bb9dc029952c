import { createSignal, For, type JSX } from 'solid-js'
import { Sheet } from '../ui/sheet.tsx'
import { safetyWords } from '../words/safety-words.ts'
import { blockPerson, type PersonNamed } from './block-person.ts'

/** Says what a block does before it is one. */
export function BlockSheet(props: { person: PersonNamed; onClose: () => void }): JSX.Element {
  const [isBusy, setBusy] = createSignal(false)
  const block = async () => {
    setBusy(true)
    const isBlocked = await blockPerson(props.person)
    setBusy(false)
    if (isBlocked) props.onClose()
  }
  return (
    <Sheet title={safetyWords.blockTitle(props.person.name)} onClose={props.onClose}>
      <ul class="mb-5 flex list-disc flex-col gap-2 pl-5 text-soft">
        <For each={safetyWords.blockWhat}>{(sentence) => <li>{sentence}</li>}</For>
      </ul>
      <button type="button" class="button button-main min-h-12 w-full" disabled={isBusy()} onClick={() => void block()}>
        {safetyWords.block}
      </button>
    </Sheet>
  )
}
