// Runs in the browser: Uppy as its own documentation sets it up for S3, signing in the page so that no server of ours
// slows it down, and told to retry, which it leaves to whoever uses it.
import AwsS3 from '@uppy/aws-s3'
import Uppy from '@uppy/core'
import { credentials, region } from '@shoebox/local/cloud-names.ts'

declare global {
  interface Window {
    states: string[]
    uppy: Uppy
  }
}

window.states = []
const uppy = new Uppy({ autoProceed: true })
uppy.use(AwsS3, {
  s3Endpoint: decodeURIComponent(location.hash.slice(1)),
  region,
  shouldUseMultipart: (file) => (file.size ?? 0) > 16 * 2 ** 20,
  getChunkSize: () => 8 * 2 ** 20,
  getCredentials: () =>
    Promise.resolve({
      bucket: 'bench',
      region,
      credentials: { ...credentials, sessionToken: '', expiration: new Date(Date.now() + 3_600_000).toISOString() },
    }),
})
uppy.on('upload-success', () => (window.states[0] = 'ready'))
uppy.on('upload-error', () => setTimeout(() => void uppy.retryAll(), 1000))
window.uppy = uppy

const input = document.createElement('input')
input.type = 'file'
input.multiple = true
input.addEventListener('change', () =>
  uppy.addFiles([...(input.files ?? [])].map((file) => ({ name: file.name, type: file.type, data: file }))),
)
document.body.append(input)
