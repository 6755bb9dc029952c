// The camera, over everything else: what it sees, and the few buttons that taking a photo or a clip needs. Dark in both
// themes, as the viewer is, and modal like it. What is taken goes up by itself, to the place that is named at the top:
// the one that whoever shows the camera has entered.
import { A, useNavigate } from '@solidjs/router'
import { createEffect, createMemo, Match, on, onCleanup, onMount, Show, Switch, type JSX } from 'solid-js'
import { useShoebox } from '../compose.ts'
import { withNext } from '../session/next-place.ts'
import { Icon } from '../ui/icon.tsx'
import { ToastList } from '../ui/toast-list.tsx'
import { showToast } from '../ui/toasts.tsx'
import { Told } from '../ui/told.tsx'
import { useTitle } from '../ui/use-title.ts'
import { currentPlace } from '../upload/destination.ts'
import { keepAwakeWhile } from '../upload/keep-awake.ts'
import { PickButton } from '../upload/pick-button.tsx'
import { sleep } from '../upload/sleep.ts'
import { cameraWords as words } from '../words/camera-words.ts'
import { words as allWords } from '../words/words.ts'
import { CameraBar } from './camera-bar.tsx'
import { CameraControls } from './camera-controls.tsx'
import { CameraPreview } from './camera-preview.tsx'
import { Camera } from './camera.ts'
import { Shooting } from './shooting.ts'

/** `href`: where it leads when it closes. */
export function CameraScreen(props: { href?: string }): JSX.Element {
  const { session, uploads } = useShoebox()
  const navigate = useNavigate()
  let dialog: HTMLDialogElement | undefined
  let video: HTMLVideoElement | undefined
  useTitle(() => words.title)
  // A clip that leaving cuts short comes when another page is at hand.
  const place = currentPlace()

  // A shot is nowhere else: what takes it on is there before it is.
  uploads.prepare()
  const camera = new Camera(navigator.mediaDevices)
  const shooting = new Shooting({
    camera,
    video: () => video,
    onShot(file) {
      void uploads.add([file], place)
      // The panel would lie behind this page, and over the feed when it closes.
      uploads.setExpanded(false)
    },
    onEmptyClip: () => showToast(words.emptyClip),
    sleep: (milliseconds) => sleep(milliseconds, new AbortController().signal),
  })
  const isLive = () => camera.state() === 'live'
  keepAwakeWhile(isLive)
  // Known anew when the API has answered, mostly as it was: the camera is not asked for twice.
  const isVisitor = createMemo(session.isVisitor)
  createEffect(on(isVisitor, () => (isVisitor() ? camera.close() : void camera.open())))
  letGoWhileHidden(camera, shooting, () => !session.isVisitor())
  onMount(() => {
    dialog?.showModal()
    // Itself, and not its first button: Space takes the photo and does not leave.
    dialog?.focus()
  })

  const close = () => navigate(props.href ?? '/')
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isLive()) return
    const isOnControl = event.target instanceof HTMLButtonElement || event.target instanceof HTMLInputElement
    if (event.key === ' ' && !isOnControl) shooting.press()
    else if (event.key === 'v') void shooting.choose(shooting.mode() === 'photo' ? 'video' : 'photo')
    else if (event.key === 'f' && camera.canFlip() && !shooting.isRecording()) void camera.flip()
    else if (event.key === 't') shooting.nextTimer()
    else return
    event.preventDefault()
  }

  return (
    <dialog
      ref={(element) => {
        dialog = element
        // A click on the picture leaves the focus here, where the keys are heard.
        element.tabIndex = -1
      }}
      data-viewer
      aria-label={words.title}
      class="fixed inset-0 m-0 flex size-full max-h-none max-w-none flex-col overflow-hidden bg-[#0f0e0d] text-white outline-none [@media(orientation:landscape)_and_(max-height:520px)]:flex-row"
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onKeyDown={onKey}
    >
      <CameraBar camera={camera} shooting={shooting} place={place} onClose={close} />
      <div class="relative grid min-h-0 min-w-0 flex-1 place-items-center overflow-hidden">
        <CameraPreview camera={camera} videoRef={(element) => (video = element)} />
        <Instead camera={camera} isVisitor={isVisitor()} />
        <Show when={shooting.countdown()}>
          {(seconds) => (
            <p
              role="timer"
              aria-live="assertive"
              class="pointer-events-none text-9xl font-semibold tabular-nums drop-shadow-[0_2px_12px_rgb(0_0_0/0.6)]"
            >
              {words.countdown(seconds())}
            </p>
          )}
        </Show>
        <Show when={shooting.shots().length} keyed>
          <span class="pointer-events-none absolute inset-0 animate-[fade_160ms_ease-out_reverse_both] bg-white motion-reduce:hidden" />
        </Show>
        <Show when={isLive() && shooting.problem()}>
          {(problem) => (
            <Told
              class="absolute inset-x-4 bottom-3 rounded-box bg-black/70 px-3 py-2 text-center text-sm"
              text={words[problem()]}
            />
          )}
        </Show>
      </div>
      <Show when={isLive()}>
        <CameraControls camera={camera} shooting={shooting} place={place} />
      </Show>
      <ToastList />
    </dialog>
  )
}

/** What stands where there is no picture: who to be, what to wait for, or what is wrong. */
function Instead(props: { camera: Camera; isVisitor: boolean }): JSX.Element {
  return (
    <Switch>
      <Match when={props.isVisitor}>
        <Message icon="you" title={words.signInTitle} text={words.signIn}>
          <A class="button button-main" href={withNext('/sign-in', '/camera')}>
            {allWords.places.signIn}
          </A>
        </Message>
      </Match>
      <Match when={props.camera.state() === 'asking'}>
        <p class="pulse max-w-90 p-6 text-center text-white/75">{words.asking}</p>
      </Match>
      <Match when={findFault(props.camera)}>
        {(sentence) => (
          <Message icon="camera" title={sentence().title} text={sentence().text} isAlert>
            <button type="button" class="button button-main" onClick={() => void props.camera.open()}>
              {allWords.fault.retry}
            </button>
            <PickButton class="button border-white/40 hover:bg-white/12">{allWords.places.uploadLong}</PickButton>
          </Message>
        )}
      </Match>
    </Switch>
  )
}

function findFault(camera: Camera) {
  const state = camera.state()
  return state === 'live' || state === 'asking' ? undefined : words.faults[state]
}

/** A page that nobody sees must not look at anybody. */
function letGoWhileHidden(camera: Camera, shooting: Shooting, isWanted: () => boolean): void {
  const onChange = () => {
    if (document.hidden) {
      shooting.stop()
      camera.close()
    } else if (isWanted()) void camera.open()
  }
  document.addEventListener('visibilitychange', onChange)
  onCleanup(() => document.removeEventListener('visibilitychange', onChange))
}

function Message(props: {
  icon: 'camera' | 'you'
  title: string
  text: string
  isAlert?: boolean
  children: JSX.Element
}): JSX.Element {
  return (
    <div role={props.isAlert ? 'alert' : undefined} class="flex max-w-100 flex-col items-center gap-3 p-6 text-center">
      <span class="mb-1 grid size-16 place-items-center rounded-full bg-white/10">
        <Icon name={props.icon} size={30} />
      </span>
      <h2 class="text-xl font-semibold">{props.title}</h2>
      <p class="text-white/75">{props.text}</p>
      <div class="mt-2 flex flex-wrap justify-center gap-3">{props.children}</div>
    </div>
  )
}
