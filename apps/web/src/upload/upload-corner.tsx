// Where the uploads of this visit show themselves over every screen, and say when they start and end.
import { createEffect, on, Show, Suspense, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { announce } from '../ui/announcer.tsx'
import { lazyPart } from '../ui/lazy-part.ts'
import { words } from '../words/words.ts'

const UploadPanel = lazyPart(() => import('./upload-panel.tsx').then((file) => file.UploadPanel))

export function UploadCorner(): JSX.Element {
  const { uploads } = useShoebox()

  createEffect(
    on(uploads.activeCount, (active, before = 0) => {
      const { byState } = uploads.totals()
      if (active > 0 && before === 0) announce(words.upload.announceStart(active))
      if (active === 0 && before > 0)
        announce(words.upload.announceDone(byState.ready, byState.refused, byState.failed))
    }),
  )

  createEffect(() => uploads.isPreparing() && announce(words.upload.preparing))

  return (
    <Suspense>
      <Show
        when={uploads.shown().length > 0}
        fallback={
          <Show when={uploads.isPreparing()}>
            <p class="rise pulse fixed right-4 bottom-[calc(80px+env(safe-area-inset-bottom))] z-20 rounded-full border border-line bg-raised px-4 py-2.5 font-medium wide:bottom-6">
              {words.upload.preparing}
            </p>
          </Show>
        }
      >
        <UploadPanel />
      </Show>
    </Suspense>
  )
}
