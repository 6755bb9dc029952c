import { createRoot } from 'solid-js'
import { expect, test } from 'vitest'
import { Camera } from './camera.ts'

/** The device's cameras, as far as a page sees them. What they were asked is kept. */
function makeDevices(lens: object, settings: object = { facingMode: 'environment' }) {
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
    enumerateDevices: () =>
      Promise.resolve(
        ['a', 'b', 'sound'].map((deviceId) => ({ deviceId, kind: deviceId === 'sound' ? 'audioinput' : 'videoinput' })),
      ),
  }
  return { devices: devices as Partial<MediaDevices> as MediaDevices, asked, constrained, stopped, answers, streams }
}

async function openCamera(lens: object, settings?: object) {
  const world = makeDevices(lens, settings)
  const camera = createRoot(() => new Camera(world.devices))
  const opening = camera.open()
  world.answers[0]?.()
  await opening
  return { camera, ...world }
}

test('offers light and zoom only where the track does, and keeps the zoom in its range', async () => {
  const plain = await openCamera({})
  expect([plain.camera.hasTorch(), plain.camera.zoomRange()]).toEqual([false, null])
  const { camera, constrained } = await openCamera({ torch: true, zoom: { min: 1, max: 4, step: 0.1 } })
  await camera.setZoom(9)
  await camera.setTorch(true)
  expect(constrained).toEqual([{ zoom: 4 }, { torch: true }])
  expect([camera.zoom(), camera.isLit()]).toEqual([4, true])
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
