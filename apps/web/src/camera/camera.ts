// The device's camera: opened when the page is seen and let go when it is not, turned round, lit, zoomed, focused and
// made brighter where its track offers that. The microphone is asked for apart, and only for clips: without it they have
// no sound.
import { createSignal, onCleanup } from 'solid-js'
import { judgeCameraError, type CameraFault } from './camera-fault.ts'
import { Dial, type DialName, type DialRange } from './dial.ts'

export type CameraState = 'asking' | 'live' | CameraFault
/** In the picture: 0 to 1 from the left and from the top. */
export type Place = { readonly x: number; readonly y: number }
type Facing = 'environment' | 'user'

/** What the specification of image capture adds to a track, and TypeScript's own description leaves out. */
type Lens = Partial<Record<DialName, DialRange>> & { readonly torch?: boolean; readonly focusMode?: readonly string[] }
type LensWish = Partial<Record<DialName, number>> & {
  readonly torch?: boolean
  readonly focusMode?: 'single-shot' | 'continuous'
  readonly pointsOfInterest?: readonly Place[]
}

/** How long a camera stays focused where it was told to, before it looks for itself again. Milliseconds. */
const focusHeldMs = 8000

/** Full HD: what every phone records without effort, and a clip of an hour still fits. */
const wish = { width: { ideal: 1920 }, height: { ideal: 1080 } } as const

/** Must be made inside a reactive root, which lets go of the camera at its end. */
export class Camera {
  readonly #devices: MediaDevices | undefined
  readonly #state = createSignal<CameraState>('asking')
  readonly #stream = createSignal<MediaStream | null>(null)
  readonly #lens = createSignal<Lens>({})
  readonly #isLit = createSignal(false)
  readonly #canFlip = createSignal(false)
  #facing: Facing = 'environment'
  #deviceId: string | undefined
  /** As it was asked for, maybe not answered yet. */
  #asking: Promise<MediaStream> | undefined
  #microphone: MediaStream | null = null
  /** Openings overlap when a person flips quickly: only the last one counts. */
  #opening = 0
  readonly #focusHeldMs: number
  #refocusing: ReturnType<typeof setTimeout> | undefined

  constructor(devices: MediaDevices | undefined, heldMs = focusHeldMs) {
    this.#devices = devices
    this.#focusHeldMs = heldMs
    onCleanup(() => this.close())
  }

  readonly state = () => this.#state[0]()
  readonly stream = () => this.#stream[0]()
  readonly zoom = new Dial('zoom', (wish) => this.#constrain(wish))
  readonly exposure = new Dial('exposureCompensation', (wish) => this.#constrain(wish))
  readonly hasTorch = () => this.#lens[0]().torch === true
  readonly isLit = () => this.#isLit[0]()
  readonly canFlip = () => this.#canFlip[0]()
  /** People expect to see themselves as in a mirror; what looks away from them is shown as it is. */
  readonly isMirrored = () => this.#track()?.getSettings().facingMode !== 'environment'

  async open(): Promise<void> {
    const opening = (this.#opening += 1)
    this.#release()
    this.#state[1]('asking')
    if (this.#devices === undefined) return void this.#state[1]('unsupported')
    try {
      const which =
        this.#deviceId === undefined ? { facingMode: { ideal: this.#facing } } : { deviceId: this.#deviceId }
      const stream = await this.#devices.getUserMedia({ video: { ...wish, ...which } })
      if (opening !== this.#opening) return stop(stream)
      await this.#take(stream)
    } catch (error) {
      if (opening === this.#opening) this.#state[1](judgeCameraError(error))
    }
  }

  close(): void {
    this.#opening += 1
    this.#release()
    this.muteMicrophone()
    this.#state[1]('asking')
  }

  /** To the other side of a phone; on a desk to the next camera. */
  async flip(): Promise<void> {
    const settings = this.#track()?.getSettings()
    if (settings?.facingMode === undefined) this.#deviceId = await this.#findNextDevice(settings?.deviceId)
    else {
      this.#facing = settings.facingMode === 'user' ? 'environment' : 'user'
      this.#deviceId = undefined
    }
    await this.open()
  }

  async setTorch(isLit: boolean): Promise<void> {
    if (await this.#constrain({ torch: isLit })) this.#isLit[1](isLit)
  }

  /** Browsers do not say of a track whether it minds places: one that focuses when it is told to has what it takes. */
  readonly canFocus = () => {
    const known = this.#devices?.getSupportedConstraints() as { pointsOfInterest?: boolean } | undefined
    return known?.pointsOfInterest === true && this.#focusModes().includes('single-shot')
  }

  /** Sharp and rightly lit there, for a while. */
  async focusOn(place: Place): Promise<void> {
    clearTimeout(this.#refocusing)
    if (this.#focusModes().includes('continuous'))
      this.#refocusing = setTimeout(() => void this.#constrain({ focusMode: 'continuous' }), this.#focusHeldMs)
    await this.#constrain({ pointsOfInterest: [place], focusMode: 'single-shot' })
  }

  /** False when there is none or it is not allowed: a clip then has no sound. */
  async listen(): Promise<boolean> {
    // Unplugged since.
    if (this.#microphone?.active === false) this.muteMicrophone()
    const asked = (this.#asking ??= this.#devices?.getUserMedia({ audio: true }))
    const sound = (await asked?.catch(() => null)) ?? null
    if (asked !== this.#asking) {
      stop(sound)
      return false
    }
    if (sound === null) this.#asking = undefined
    this.#microphone = sound
    return sound !== null
  }

  /** One that is allowed only after this is let go of at once. */
  muteMicrophone(): void {
    stop(this.#microphone)
    this.#microphone = null
    this.#asking = undefined
  }

  /** Picture and sound as they come in now. */
  tracks(): MediaStreamTrack[] {
    return [...(this.stream()?.getTracks() ?? []), ...(this.#microphone?.getTracks() ?? [])]
  }

  readonly #focusModes = () => this.#lens[0]().focusMode ?? []

  #track(): MediaStreamTrack | undefined {
    return this.stream()?.getVideoTracks()[0]
  }

  async #take(stream: MediaStream) {
    const [track] = stream.getVideoTracks()
    // Unplugged, or taken away by another program.
    track?.addEventListener('ended', () => this.#state[1]('busy'))
    // Firefox has no capabilities.
    const lens = (track?.getCapabilities?.() ?? {}) as Lens
    const settings = (track?.getSettings() ?? {}) as Partial<Record<DialName, number>>
    this.#lens[1](lens)
    for (const dial of [this.zoom, this.exposure]) dial.take(lens, settings)
    this.#isLit[1](false)
    this.#stream[1](stream)
    this.#state[1]('live')
    this.#canFlip[1]((await this.#listCameras()).length > 1)
  }

  async #listCameras(): Promise<MediaDeviceInfo[]> {
    const devices = (await this.#devices?.enumerateDevices()) ?? []
    return devices.filter(({ kind }) => kind === 'videoinput')
  }

  async #findNextDevice(current: string | undefined): Promise<string | undefined> {
    const cameras = await this.#listCameras()
    const place = cameras.findIndex(({ deviceId }) => deviceId === current)
    return cameras[(place + 1) % cameras.length]?.deviceId
  }

  async #constrain(wish: LensWish): Promise<boolean> {
    try {
      await this.#track()?.applyConstraints({ advanced: [wish as MediaTrackConstraintSet] })
      return true
    } catch {
      // Some tracks offer what they then refuse.
      return false
    }
  }

  #release() {
    stop(this.stream())
    this.#stream[1](null)
  }
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop()
}
