// Where bulk downloads show themselves over every screen, from the first one on.
import { lazy, Show, Suspense, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { isDownloadWanted } from './download-requests.ts'

const DownloadPanel = lazy(async () => {
  const [{ DownloadPanel: panel }] = await Promise.all([import('./download-panel.tsx'), import('../screens.css')])
  return { default: panel }
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
