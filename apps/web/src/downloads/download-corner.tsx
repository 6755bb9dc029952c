// Where bulk downloads show themselves over every screen, from the first one on.
import { Show, Suspense, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { lazyPart } from '../ui/lazy-part.ts'
import { isDownloadWanted } from './download-requests.ts'

const DownloadPanel = lazyPart(async () => {
  const [{ DownloadPanel: panel }] = await Promise.all([import('./download-panel.tsx'), import('../screens.css')])
  return panel
})

export function DownloadCorner(): JSX.Element {
  const { session } = useShoebox()
  return (
    <Suspense>
      <Show when={isDownloadWanted() && session.user()?.id} keyed>
        {(userId) => <DownloadPanel userId={userId} />}
      </Show>
    </Suspense>
  )
}
