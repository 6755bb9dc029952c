// One photo: from the sensor where the browser can ask it, else the frame that is shown.
const sensorTimeoutMs = 4000
const jpegQuality = 0.92

type PhotoSource = { takePhoto(): Promise<Blob> }

export async function takePhoto(video: HTMLVideoElement, track: MediaStreamTrack): Promise<Blob> {
  return (await askSensor(track)) ?? drawFrame(video)
}

/** Null where the browser cannot, the camera will not, or it takes so long that the moment is gone. */
async function askSensor(track: MediaStreamTrack): Promise<Blob | null> {
  const { ImageCapture } = globalThis as { ImageCapture?: new (track: MediaStreamTrack) => PhotoSource }
  if (ImageCapture === undefined) return null
  const tooLate = new Promise<null>((resolve) => setTimeout(() => resolve(null), sensorTimeoutMs))
  try {
    return await Promise.race([new ImageCapture(track).takePhoto(), tooLate])
  } catch {
    return null
  }
}

function drawFrame(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob === null ? reject(new Error('the frame could not be encoded')) : resolve(blob)),
      'image/jpeg',
      jpegQuality,
    )
  })
}
