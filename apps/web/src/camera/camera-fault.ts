/** Why there is no picture from a camera, in the few ways that a person can do something about. */
export type CameraFault = 'denied' | 'missing' | 'busy' | 'unsupported'

const faults: Readonly<Record<string, CameraFault>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  TypeError: 'unsupported',
}

export const judgeCameraError = (error: unknown): CameraFault =>
  (error instanceof Error || error instanceof DOMException ? faults[error.name] : undefined) ?? 'busy'
