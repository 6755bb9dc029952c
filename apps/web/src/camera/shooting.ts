// What the shutter does: a photo, a clip, at once or after a countdown. Whatever was taken goes to the uploads the
// moment it is there; leaving in the middle of a clip keeps what was recorded.
import { createSignal, onCleanup } from 'solid-js'
import { holdPage } from '../ui/may-reload.ts'
import type { Camera } from './camera.ts'
import { toFile } from './name-shot.ts'
import { chooseClipType, recordClip, type Clip } from './record-clip.ts'
import { takePhoto } from './take-photo.ts'

export type Mode = 'photo' | 'video'
export const timers = [0, 3, 10] as const
export type Timer = (typeof timers)[number]
export type ShootingProblem = 'noSound' | 'cannotRecord' | 'shotFailed'

export type ShootingDeps = {
  readonly camera: Camera
  readonly video: () => HTMLVideoElement | undefined
  readonly onShot: (file: File) => void
  /** A clip has ended with nothing in it, maybe when the camera was left already. */
  readonly onEmptyClip: () => void
  readonly sleep: (milliseconds: number) => Promise<unknown>
}

/** A clip waits no longer for its sound: some browsers let a question stand for ever. */
const soundPatienceMs = 2000

/** Must be made inside a reactive root. */
export class Shooting {
  readonly #deps: ShootingDeps
  readonly #mode = createSignal<Mode>('photo')
  readonly #timer = createSignal<Timer>(0)
  readonly #countdown = createSignal<number | null>(null)
  readonly #clip = createSignal<Clip | null>(null)
  readonly #recordedSeconds = createSignal(0)
  readonly #isBusy = createSignal(false)
  readonly #isOpening = createSignal(false)
  readonly #problem = createSignal<ShootingProblem | null>(null)
  readonly #shots = createSignal<readonly File[]>([])
  /** Of presses and choices only the last goes on when the microphone has answered. */
  #turn = 0
  #ticking: ReturnType<typeof setInterval> | undefined

  constructor(deps: ShootingDeps) {
    this.#deps = deps
    onCleanup(() => this.stop())
  }

  readonly mode = () => this.#mode[0]()
  readonly timer = () => this.#timer[0]()
  /** Seconds left until the shot, or null. */
  readonly countdown = () => this.#countdown[0]()
  readonly isRecording = () => this.#clip[0]() !== null
  readonly recordedSeconds = () => this.#recordedSeconds[0]()
  /** Between the shutter and the photo, or the clip. */
  readonly isBusy = () => this.#isBusy[0]() || this.#isOpening[0]()
  readonly problem = () => this.#problem[0]()
  readonly shots = () => this.#shots[0]()

  async choose(mode: Mode): Promise<void> {
    if (this.isRecording() || mode === this.mode()) return
    this.cancelCountdown()
    this.#problem[1](null)
    this.#mode[1](mode)
    this.#goOn()
    if (mode === 'photo') return this.#deps.camera.muteMicrophone()
    if (clipType() === null) return void this.#problem[1]('cannotRecord')
    await this.#hear(this.#deps.camera.listen())
  }

  nextTimer(): void {
    if (!this.isRecording() && this.countdown() === null)
      this.#timer[1]((timer) => timers[(timers.indexOf(timer) + 1) % timers.length] ?? 0)
  }

  press(): void {
    this.#goOn()
    if (this.isRecording()) this.#clip[0]()?.stop()
    else if (this.countdown() !== null) this.cancelCountdown()
    else if (this.timer() > 0) this.#startCountdown()
    else void this.#shoot()
  }

  cancelCountdown(): void {
    if (this.countdown() === null) return
    clearInterval(this.#ticking)
    this.#countdown[1](null)
  }

  /** Ends a countdown for nothing and a clip with what there is. */
  stop(): void {
    this.#goOn()
    this.cancelCountdown()
    this.#clip[0]()?.stop()
  }

  #startCountdown() {
    this.#countdown[1](this.timer())
    this.#ticking = setInterval(() => {
      const left = (this.countdown() ?? 0) - 1
      if (left > 0) return void this.#countdown[1](left)
      this.cancelCountdown()
      void this.#shoot()
    }, 1000)
  }

  async #shoot() {
    if (this.#deps.camera.state() !== 'live' || this.#isBusy[0]()) return
    if (this.mode() === 'video') return this.#startClip()
    const video = this.#deps.video()
    const [track] = this.#deps.camera.stream()?.getVideoTracks() ?? []
    if (video === undefined || track === undefined) return
    this.#problem[1](null)
    this.#isBusy[1](true)
    const takenAt = new Date()
    try {
      this.#keep(toFile(await takePhoto(video, track), takenAt))
    } catch {
      this.#problem[1]('shotFailed')
    } finally {
      this.#isBusy[1](false)
    }
  }

  /** What waited for a microphone waits no more. */
  #goOn() {
    this.#turn += 1
    this.#isOpening[1](false)
  }

  /** Says whether there is sound. False when somebody has gone on meanwhile, or the camera was left or turned round. */
  async #hear(answer: Promise<boolean>): Promise<boolean> {
    const { camera } = this.#deps
    const turn = this.#turn
    const stream = camera.stream()
    const canHear = await answer
    if (turn !== this.#turn) return false
    this.#isOpening[1](false)
    if (stream === null || camera.stream() !== stream) return false
    this.#problem[1](canHear ? null : 'noSound')
    return true
  }

  async #startClip() {
    const type = clipType()
    if (type === null) return
    const { camera, sleep } = this.#deps
    // Once more: the microphone was let go of with the camera when the page was hidden.
    this.#isOpening[1](true)
    if (!(await this.#hear(Promise.race([camera.listen(), sleep(soundPatienceMs).then(() => false)])))) return
    try {
      const clip = recordClip(camera.tracks(), type, (content, { startedAt }) => {
        clearInterval(ticking)
        this.#clip[1](null)
        if (content.size > 0) this.#keep(toFile(content, startedAt))
        else this.#deps.onEmptyClip()
        // The uploads hold the page on.
        letGo()
      })
      const letGo = holdPage()
      this.#clip[1](clip)
      this.#recordedSeconds[1](0)
      const beganMs = performance.now()
      const ticking = setInterval(() => this.#recordedSeconds[1](Math.floor((performance.now() - beganMs) / 1000)), 250)
    } catch {
      this.#problem[1]('shotFailed')
    }
  }

  #keep(file: File) {
    this.#shots[1]((shots) => [...shots, file])
    this.#deps.onShot(file)
  }
}

const clipType = (): string | null =>
  typeof MediaRecorder === 'undefined' ? null : chooseClipType((type) => MediaRecorder.isTypeSupported(type))
