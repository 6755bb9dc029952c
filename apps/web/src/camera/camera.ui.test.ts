import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import { Camera } from './camera.ts'

/** The device's cameras, as far as a page sees them. What they were asked is kept. */
function makeDevices(
  lens: object,
  settings: object = { facingMode: 'environment' },
  supported: object = { pointsOfInterest: true },
) {
  const asked: MediaStreamConstraints[] = []
  const constrained: unknown[] = []
  const stopped: number[] = []
  const answers: (() => void)[] = []
  const streams: { active: boolean }[] = []
  const openStream = (nth: number) => {
    const track = Object.assign(new EventTarget(), {
      nth,
      getCapabilities: () => lens,
      getSettings: () => settings,
      applyConstraints: (wish: MediaTrackConstraints) => Promise.resolve(void constrained.push(wish.advanced?.[0])),
      stop: () => stopped.push(nth),
    })
    return { active: true, getTracks: () => [track], getVideoTracks: () => [track] }
  }
  const devices = {
    getUserMedia: (wish: MediaStreamConstraints) =>
      new Promise((resolve) => {
        const nth = asked.push(wish)
        answers.push(() => resolve((streams[nth] = openStream(nth))))
      }),
    getSupportedConstraints: () => supported,
    enumerateDevices: () =>
      Promise.resolve(
        ['a', 'b', 'sound'].map((deviceId) => ({ deviceId, kind: deviceId === 'sound' ? 'audioinput' : 'videoinput' })),
      ),
  }
  return { devices: devices as Partial<MediaDevices> as MediaDevices, asked, constrained, stopped, answers, streams }
}

/** No test waits for longer. */
const focusHeldMs = 10

async function openCamera(lens: object, settings?: object, supported?: object) {
  const world = makeDevices(lens, settings, supported)
  const camera = createRoot(() => new Camera(world.devices, focusHeldMs))
  const opening = camera.open()
  world.answers[0]?.()
  await opening
  return { camera, ...world }
}

test('offers light, zoom and exposure only where the track does, and keeps them in their range', async () => {
  const plain = await openCamera({ exposureCompensation: { min: 0, max: 0, step: 0 } })
  expect([plain.camera.hasTorch(), plain.camera.zoom.range(), plain.camera.exposure.range()]).toEqual([
    false,
    null,
    null,
  ])
  await plain.camera.zoom.set(2)
  expect(plain.constrained).toEqual([])
  const { camera, constrained } = await openCamera({
    torch: true,
    zoom: { min: 1, max: 4, step: 0.1 },
    exposureCompensation: { min: -2, max: 2, step: 0.5 },
  })
  expect([camera.zoom.value(), camera.exposure.value()]).toEqual([1, 0])
  await camera.zoom.set(9)
  await camera.exposure.set(-3)
  await camera.setTorch(true)
  expect(constrained).toEqual([{ zoom: 4 }, { exposureCompensation: -2 }, { torch: true }])
  expect([camera.zoom.value(), camera.exposure.value(), camera.isLit()]).toEqual([4, -2, true])
  const inUse = await openCamera({ zoom: { min: 1, max: 4, step: 0.1 } }, { zoom: 2 })
  expect(inUse.camera.zoom.value()).toBe(2)
})

const once = { focusMode: ['manual', 'single-shot', 'continuous'] }
const middle = { x: 0.5, y: 0.5 }

test('focuses where it was told to last, and after a while looks for itself again', async () => {
  const told = { pointsOfInterest: [middle], focusMode: 'single-shot' }
  const { camera, constrained } = await openCamera(once)
  expect(camera.canFocus()).toBe(true)
  await camera.focusOn({ x: 0, y: 1 })
  await camera.focusOn(middle)
  const left = await openCamera(once)
  await left.camera.focusOn(middle)
  left.camera.close()
  const simple = await openCamera({ focusMode: ['single-shot'] })
  await simple.camera.focusOn(middle)
  const last = await openCamera(once)
  await last.camera.focusOn(middle)
  await expect.poll(() => last.constrained).toEqual([told, { focusMode: 'continuous' }])
  expect(constrained.slice(1)).toEqual([told, { focusMode: 'continuous' }])
  // Let go of, or not able to look for itself.
  expect([left.constrained, simple.constrained]).toEqual([[told], [told]])
})

test.each([
  ['names no modes', {}, true],
  ['focuses by itself alone', { focusMode: ['manual', 'continuous'] }, true],
  ['knows no places', once, false],
])('offers no focus on a track that %s', async (_, lens, pointsOfInterest) => {
  const { camera } = await openCamera(lens, undefined, { pointsOfInterest })
  expect(camera.canFocus()).toBe(false)
})

test('turns to the other side of a phone, and on a desk to the next camera', async () => {
  const phone = await openCamera({})
  expect([phone.camera.canFlip(), phone.camera.isMirrored()]).toEqual([true, false])
  void phone.camera.flip()
  await expect.poll(() => phone.asked.at(-1)?.video).toMatchObject({ facingMode: { ideal: 'user' } })
  const desk = await openCamera({}, { deviceId: 'a' })
  expect(desk.camera.isMirrored()).toBe(true)
  void desk.camera.flip()
  await expect.poll(() => desk.asked.at(-1)?.video).toMatchObject({ deviceId: 'b' })
})

test('lets go of a camera that answers after it was closed or asked again', async () => {
  const { devices, answers, stopped } = makeDevices({})
  const camera = createRoot(() => new Camera(devices))
  const openings = [camera.open(), camera.open()]
  answers[1]?.()
  answers[0]?.()
  await Promise.all(openings)
  expect(stopped).toEqual([1])
  expect(camera.state()).toBe('live')
  camera.close()
  expect(stopped).toEqual([1, 2])
})

test('lets go of a microphone that is allowed after the camera was left', async () => {
  const { camera, answers, stopped } = await openCamera({})
  const listening = camera.listen()
  camera.close()
  answers[1]?.()
  expect(await listening).toBe(false)
  expect(stopped).toEqual([1, 2])
})

test('asks for the microphone once, and again when it was let go of or unplugged', async () => {
  const { camera, answers, asked, streams } = await openCamera({})
  const listenings = [camera.listen(), camera.listen()]
  answers[1]?.()
  expect(await Promise.all(listenings)).toEqual([true, true])
  expect(asked).toHaveLength(2)
  Object.assign(streams[2] ?? {}, { active: false })
  void camera.listen()
  expect(asked).toHaveLength(3)
  camera.close()
  void camera.listen()
  expect(asked).toHaveLength(4)
})

test('says so where pages get no camera at all', async () => {
  const camera = createRoot(() => new Camera(undefined))
  await camera.open()
  expect(camera.state()).toBe('unsupported')
})
