import { Suspense } from 'solid-js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { need, show } from '../../test/render.tsx'
import { PushSection } from './push-section.tsx'

const device = {
  id: 'x',
  browser: null,
  system: null,
  isCurrent: true,
  showsNames: true,
  endpoint: 'https://push.example/x',
  since: '2026-01-01T00:00:00.000Z',
}

test('what stands around the section stays in the page while the browser is asked for its subscription', () => {
  onTestFinished(() => void vi.unstubAllGlobals())
  vi.stubGlobal('PushManager', () => undefined)
  vi.stubGlobal('Notification', { permission: 'granted' })
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: () => new Promise(() => undefined) } })
  const page = show(() => (
    <Suspense>
      <h1>Settings</h1>
      <PushSection
        settings={{ pushKey: '', devices: [device], digest: 'off', addressTrouble: null, groups: [] }}
        change={() => Promise.resolve()}
      />
    </Suspense>
  ))
  expect(need(page, 'h1').isConnected).toBe(true)
})
