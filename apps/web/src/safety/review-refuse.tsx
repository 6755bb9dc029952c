import { createSignal, type JSX } from 'solid-js'
import { Sheet } from '../ui/sheet.tsx'
import { reviewWords as words } from '../words/review-words.ts'
import type { Verdict } from './review-queries.ts'

/** Asks before something is deleted for good, and whether its like may come again. */
export function RefuseSheet(props: {
  count: number
  onClose: () => void
  onRefuse: (verdict: Extract<Verdict, 'refuse' | 'keep_out'>) => void
}): JSX.Element {
  const [keepsOut, setKeepsOut] = createSignal(false)
  return (
    <Sheet title={words.refuseTitle(props.count)} onClose={() => props.onClose()}>
      <p class="mb-4 text-soft">{words.refuseWhat}</p>
      <label class="mb-5 flex min-h-11 cursor-pointer items-start gap-3 rounded-box border border-line px-4 py-2.5 hover:border-soft has-checked:border-accent">
        <input
          type="checkbox"
          class="mt-0.5 size-5 shrink-0"
          checked={keepsOut()}
          onChange={(event) => setKeepsOut(event.currentTarget.checked)}
        />
        <span>
          <span class="block font-medium">{words.keepOut}</span>
          <span class="block text-sm text-soft">{words.keepOutMeans}</span>
        </span>
      </label>
      <button
        type="button"
        class="button button-quiet min-h-12 w-full border-bad text-bad"
        onClick={() => props.onRefuse(keepsOut() ? 'keep_out' : 'refuse')}
      >
        {words.refuseNow}
      </button>
    </Sheet>
  )
}
