import { createSignal, type JSX } from 'solid-js'
import { Sheet } from '../ui/sheet.tsx'
import { galleryWords } from '../words/gallery-words.ts'

/** Asks for a month to go to, `YYYY-MM`. A text field where the browser has no field for months. */
export function GoToSheet(props: {
  newest: string
  oldest: string
  onGo: (month: string) => void
  onClose: () => void
}): JSX.Element {
  const [month, setMonth] = createSignal('')
  const go = (event: SubmitEvent) => {
    event.preventDefault()
    if (/^\d{4}-\d\d$/.test(month())) props.onGo(month())
  }
  return (
    <Sheet title={galleryWords.goToTitle} onClose={props.onClose}>
      <form class="flex flex-col gap-4" onSubmit={go}>
        <label class="flex flex-col gap-1 font-medium">
          {galleryWords.month}
          <input
            type="month"
            class="h-12 rounded-box border border-line bg-raised px-3 text-base font-normal hover:border-soft"
            placeholder={props.newest}
            min={props.oldest}
            max={props.newest}
            value={month()}
            onInput={(event) => setMonth(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button button-main min-h-12">
          {galleryWords.goTo}
        </button>
      </form>
    </Sheet>
  )
}
