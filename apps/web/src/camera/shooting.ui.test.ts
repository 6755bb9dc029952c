import { createRoot } from 'solid-js'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createManualTime } from '../../test/manual-time.ts'
import { Camera } from './camera.ts'
import { Shooting } from './shooting.ts'

class Track extends EventTarget {
  readonly kind: 'audio' | 'video'
  constructor(kind: 'audio' | 'video') {
    super()
    this.kind = kind
  }
  stop() {}
  getSettings = () => ({ facingMode: 'user' })
  clone = () => new Track(this.kind)
}

class Stream {
  readonly active = true
  readonly #tracks: readonly Track[]
  constructor(tracks: readonly Track[]) {
    this.#tracks = tracks
  }
  getTracks = () => this.#tracks
  getVideoTracks = () => this.#tracks.filter(({ kind }) => kind === 'video')
}

/** A camera that answers at once, whose microphone is asked for until `allow` answers the last question. */
async function openShooting() {
  /** What each clip began with. */
  const begun: string[] = []
  class Recorder extends EventTarget {
    static readonly isTypeSupported = () => true
    state = 'inactive'
    readonly #stream: Stream
    constructor(stream: Stream) {
      super()
      this.#stream = stream
    }
    start() {
      this.state = 'recording'
      begun.push(this.#stream.getTracks().some(({ kind }) => kind === 'audio') ? 'sound' : 'silent')
    }
    stop() {
      this.state = 'inactive'
      this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob(['x']) }))
      this.dispatchEvent(new Event('stop'))
    }
  }
  vi.stubGlobal('MediaRecorder', Recorder)
  vi.stubGlobal('MediaStream', Stream)
  onTestFinished(() => void vi.unstubAllGlobals())

  const questions: ((stream: Stream) => void)[] = []
  const devices: Partial<Record<keyof MediaDevices, unknown>> = {
    getUserMedia: ({ audio }: MediaStreamConstraints) =>
      audio === true
        ? new Promise((resolve) => questions.push(resolve))
        : Promise.resolve(new Stream([new Track('video')])),
    enumerateDevices: () => Promise.resolve([]),
  }
  const time = createManualTime()
  const world = createRoot((dispose) => {
    onTestFinished(dispose)
    const camera = new Camera(devices as Partial<MediaDevices> as MediaDevices)
    const nothing = () => undefined
    const sleep = (milliseconds: number) => time.sleep(milliseconds, new AbortController().signal)
    return { camera, shooting: new Shooting({ camera, video: nothing, onShot: nothing, onEmptyClip: nothing, sleep }) }
  })
  await world.camera.open()
  return {
    ...world,
    begun,
    pass: time.pass,
    async allow() {
      questions.at(-1)?.(new Stream([new Track('audio')]))
      await time.pass(0)
    },
    async press() {
      world.shooting.press()
      await time.pass(0)
    },
    async stopClip() {
      world.shooting.press()
      await expect.poll(world.shooting.isRecording).toBe(false)
    },
    /** The microphone is let go of with the camera, and asked for anew. */
    async hide() {
      world.camera.close()
      await world.camera.open()
    },
  }
}

test('a clip that is begun while an allowed microphone opens has its sound, and so has the next', async () => {
  const { shooting, begun, allow, press, stopClip, hide } = await openShooting()
  void shooting.choose('video')
  await press()
  await press()
  expect(begun).toEqual([])
  await allow()
  expect([begun, shooting.problem()]).toEqual([['sound'], null])
  await stopClip()
  await hide()
  await press()
  await allow()
  expect([begun, shooting.problem()]).toEqual([['sound', 'sound'], null])
})

test('a clip waits two seconds for an answer, and none begins that nobody pressed for', async () => {
  const { shooting, begun, pass, allow, press, stopClip } = await openShooting()
  void shooting.choose('video')
  // Nothing is said of a question that still stands, as long as nobody presses.
  await pass(10_000)
  expect(shooting.problem()).toBeNull()
  await press()
  await press()
  await pass(1999)
  expect([begun, shooting.isBusy()]).toEqual([[], true])
  await pass(1)
  expect([begun, shooting.isBusy(), shooting.problem()]).toEqual([['silent'], false, 'noSound'])
  await allow()
  // The clip that is being recorded stays without.
  expect(shooting.problem()).toBe('noSound')
  await stopClip()
  await pass(10_000)
  expect([begun, shooting.isRecording()]).toEqual([['silent'], false])
  await press()
  expect([begun, shooting.problem()]).toEqual([['silent', 'sound'], null])
})

test('a question that is answered after leaving, choosing photos or during a countdown begins nothing', async () => {
  const { camera, shooting, begun, pass, allow, press, stopClip, hide } = await openShooting()
  void shooting.choose('video')
  await press()
  expect(shooting.isBusy()).toBe(true)
  await shooting.choose('photo')
  expect(shooting.isBusy()).toBe(false)
  void shooting.choose('video')
  await allow()
  expect([begun, shooting.isRecording()]).toEqual([[], false])
  await hide()
  await press()
  await hide()
  await pass(2000)
  expect([begun, shooting.isBusy()]).toEqual([[], false])
  await press()
  shooting.nextTimer()
  await press()
  await allow()
  expect([begun, shooting.countdown()]).toEqual([[], 3])
  await expect.poll(() => begun).toEqual(['sound'])
  await stopClip()
  // The countdown has ended, and begins no other.
  expect(begun).toEqual(['sound'])
  camera.close()
  await pass(10_000)
  await press()
  expect([begun, shooting.countdown(), camera.state()]).toEqual([['sound'], 3, 'asking'])
})
