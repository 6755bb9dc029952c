import { createRoot } from 'solid-js'
import { expect, test, vi } from 'vitest'
import { need, show } from '../../test/render.tsx'
import { CameraPreview } from './camera-preview.tsx'
import { Camera } from './camera.ts'

const offered = {
  zoom: { min: 1, max: 10, step: 0.1 },
  focusMode: ['single-shot'],
}

/** The preview of a camera whose track offers this, 400 by 300 like its picture. */
async function open(lens: object = offered, facingMode = 'environment') {
  const constrained: unknown[] = []
  const track = Object.assign(new EventTarget(), {
    getCapabilities: () => lens,
    getSettings: () => ({ facingMode }),
    applyConstraints: ({ advanced }: MediaTrackConstraints) => Promise.resolve(void constrained.push(advanced?.[0])),
    stop: () => undefined,
  })
  const devices = {
    getUserMedia: () => Promise.resolve({ getTracks: () => [track], getVideoTracks: () => [track] }),
    getSupportedConstraints: () => ({ pointsOfInterest: true }),
    enumerateDevices: () => Promise.resolve([]),
  }
  const camera = createRoot(() => new Camera(devices as object as MediaDevices))
  const page = show(() => <CameraPreview camera={camera} videoRef={() => undefined} />)
  const video = need<HTMLVideoElement>(page, 'video')
  Object.defineProperty(video, 'srcObject', { value: null, writable: true })
  vi.spyOn(video, 'getBoundingClientRect').mockReturnValue(new DOMRect(100, 0, 400, 300))
  Object.defineProperties(video, { videoWidth: { value: 1600 }, videoHeight: { value: 1200 } })
  await camera.open()
  const point = (name: string, pointerId: number, clientX: number, clientY = 100) =>
    video.dispatchEvent(
      new PointerEvent(`pointer${name}`, { pointerId, clientX, clientY, isPrimary: pointerId === 1, button: 0 }),
    )
  return { page, camera, constrained, point }
}

test('two fingers zoom by how far they move apart and together, in the range of the camera', async () => {
  const { camera, point } = await open()
  point('down', 1, 200)
  point('down', 2, 300)
  point('move', 1, 150)
  point('move', 2, 350)
  expect(camera.zoom.value()).toBeCloseTo(2)
  point('move', 2, 300)
  expect(camera.zoom.value()).toBeCloseTo(1.5)
  point('move', 2, 160)
  expect(camera.zoom.value()).toBe(1)
  point('move', 2, 4000)
  expect(camera.zoom.value()).toBe(10)
})

test.each(['up', 'cancel'])(
  'a finger that is left alone does not zoom (%s), and a second one goes on from there',
  async (end) => {
    const { camera, point } = await open()
    point('down', 1, 200)
    point('down', 2, 300)
    point('move', 2, 400)
    expect(camera.zoom.value()).toBeCloseTo(2)
    point(end, 2, 400)
    point('move', 1, 0)
    expect(camera.zoom.value()).toBeCloseTo(2)
    point('down', 2, 100)
    point('move', 2, 200)
    expect(camera.zoom.value()).toBeCloseTo(4)
  },
)

test('of three fingers the two that stay zoom on, without a jump', async () => {
  const { camera, point } = await open()
  point('down', 1, 200)
  point('down', 2, 300)
  point('down', 3, 320)
  point('up', 1, 200)
  point('move', 3, 321)
  expect(camera.zoom.value()).toBeCloseTo(1.05)
})

test('a tap focuses there, under a ring that goes by itself', async () => {
  const { page, constrained, point } = await open()
  point('down', 1, 200, 225)
  expect(page.querySelector('[data-focus]')).toBeNull()
  point('up', 1, 203, 225)
  expect(constrained).toEqual([{ pointsOfInterest: [{ x: 0.2575, y: 0.75 }], focusMode: 'single-shot' }])
  expect(need(page, '[data-focus]').style).toMatchObject({ left: '103px', top: '225px' })
  await expect.poll(() => page.querySelector('[data-focus]')).toBeNull()
})

test('what faces its person is focused where they see it, as in a mirror', async () => {
  const { constrained, point } = await open(offered, 'user')
  point('down', 1, 200)
  point('up', 1, 200)
  expect(constrained).toMatchObject([{ pointsOfInterest: [{ x: 0.75 }] }])
})

test('neither a drag, nor a pinch, nor a touch that the browser took away is a tap', async () => {
  const { page, constrained, point } = await open()
  point('down', 1, 200)
  point('up', 1, 220)
  point('down', 1, 200)
  point('cancel', 1, 200)
  point('up', 1, 200)
  point('down', 1, 200)
  point('down', 2, 300)
  point('up', 2, 300)
  point('up', 1, 200)
  expect(constrained).toEqual([])
  expect(page.querySelector('[data-focus]')).toBeNull()
})

test('a camera that cannot be told shows no ring', async () => {
  const { page, constrained, point } = await open({ focusMode: ['manual', 'continuous'] })
  point('down', 1, 200)
  point('up', 1, 200)
  expect(constrained).toEqual([])
  expect(page.querySelector('[data-focus]')).toBeNull()
})
