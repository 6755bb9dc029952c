// The words of the camera page, in English. Apart from the rest, because they are fetched with it.
import type { CameraFault } from '../camera/camera-fault.ts'

const steps = new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay: 'exceptZero' })

type Sentence = { readonly title: string; readonly text: string }

export const enCamera = {
  title: 'Camera',
  preview: 'What the camera sees',
  asking: 'Waiting for the camera. Your browser may ask whether it is allowed.',
  destination: 'Goes to the public feed',
  toGroup: (name: string) => `Goes to ${name}`,
  close: 'Close the camera',
  flip: 'Other camera',
  torch: 'Light',
  zoom: 'Zoom',
  zoomValue: (zoom: number) => `${Number(zoom.toFixed(1))}×`,
  exposure: 'Brightness',
  exposureValue: (value: number) => steps.format(value),
  timers: { 0: 'Timer off', 3: 'Timer: 3 seconds', 10: 'Timer: 10 seconds' },
  countdown: (seconds: number) => `${seconds}`,
  mode: 'What to take',
  modes: { photo: 'Photo', video: 'Video' },
  takePhoto: 'Take a photo',
  startClip: 'Start recording',
  stopClip: 'Stop recording',
  cancelTimer: 'Stop the timer',
  recorded: 'Recorded',
  noSound: 'Without sound: the microphone is not allowed or not there.',
  cannotRecord: 'This browser cannot record video.',
  shotFailed: 'That did not work. Try again.',
  emptyClip: 'Nothing was recorded. Try again.',
  onTheWay: (count: number) => (count === 1 ? '1 on its way' : `${count} on their way`),
  arrived: 'In the feed',
  trouble: 'Not everything was taken. Close the camera to see why.',
  signInTitle: 'Sign in to use the camera',
  signIn: 'What you take is added to the feed under your name.',
  faults: {
    denied: {
      title: 'The camera is not allowed',
      text: 'Allow it for this site in your browser’s settings, then try again.',
    },
    missing: {
      title: 'There is no camera',
      text: 'We found none on this device. You can still choose photos you have.',
    },
    busy: {
      title: 'The camera is in use',
      text: 'Another program holds it, or it was unplugged. Close the other program, then try again.',
    },
    unsupported: {
      title: 'No camera in this browser',
      text: 'This browser does not let pages use the camera. You can still choose photos you have.',
    },
  } satisfies Record<CameraFault, Sentence>,
}
