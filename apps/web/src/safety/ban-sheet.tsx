// Asks why, for how long, and what becomes of the items, before somebody is banned.
import { createSignal, For, type JSX } from 'solid-js'
import type { CaseId, UserId } from '@shoebox/shared/ids.ts'
import { bannedItemsChoices, type BannedItemsChoice } from '@shoebox/shared/safety/bans.ts'
import { api } from '../api/client.ts'
import { Choice } from '../ui/choice.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { banWords } from '../words/ban-words.ts'
import { doAndTell } from './ban-queries.ts'
import { createReason, ReasonField } from './ban-reason.tsx'

export type AboutSomebody = { userId: UserId; name: string; caseId: CaseId | null; onClose: () => void }

const lengths = { '1': 1, '7': 7, '30': 30, '365': 365, none: null } as const
type Length = keyof typeof lengths
const lengthNames = ['1', '7', '30', '365', 'none'] as const satisfies readonly Length[]

const itemOptions = () => bannedItemsChoices.map((value) => ({ value, ...banWords.items[value] }))

export function BanSheet(props: AboutSomebody): JSX.Element {
  const reason = createReason()
  const [length, setLength] = createSignal<Length>('7')
  const [items, setItems] = createSignal<BannedItemsChoice>()
  const [isBusy, setBusy] = createSignal(false)
  const ban = async (event: SubmitEvent) => {
    event.preventDefault()
    const chosen = items()
    if (chosen === undefined || !reason.isFit() || isBusy()) return
    setBusy(true)
    const about = { userId: props.userId, caseId: props.caseId, reason: reason.value() }
    const isDone = await doAndTell(
      api.bans.ban.mutate({ ...about, days: lengths[length()], items: chosen }),
      banWords.banned(props.name),
    )
    setBusy(false)
    if (isDone) props.onClose()
  }
  return (
    <Sheet title={banWords.banTitle(props.name)} onClose={props.onClose}>
      <form class="flex flex-col gap-4" onSubmit={ban}>
        <p class="text-soft">{banWords.banWhat}</p>
        <ReasonField reason={reason} />
        <fieldset>
          <legend class="mb-1 font-medium">{banWords.lasts}</legend>
          <div class="flex flex-wrap gap-2">
            <For each={lengthNames}>
              {(name) => (
                <label class="flex min-h-11 cursor-pointer items-center gap-2 rounded-box border border-line px-3 has-checked:border-accent">
                  <input
                    type="radio"
                    name="length"
                    class="size-4"
                    checked={length() === name}
                    onChange={() => setLength(name)}
                  />
                  {banWords.days(lengths[name])}
                </label>
              )}
            </For>
          </div>
        </fieldset>
        <Choice legend={banWords.itemsLegend} options={itemOptions()} value={items()} onChoose={setItems} />
        <button
          type="submit"
          class="button button-main min-h-12"
          disabled={isBusy() || items() === undefined || !reason.isFit()}
        >
          {banWords.ban}
        </button>
      </form>
    </Sheet>
  )
}
