// The other end of the uploader's benchmark: an S3 of its own, and the few calls of the API that sending needs,
// answered in memory so that only the uploader is measured.
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { credentials, region } from '@shoebox/local/cloud-names.ts'
import { startS3, type S3 } from '@shoebox/local/s3/start-s3.ts'
import { planParts } from '@shoebox/shared/upload/plan-parts.ts'

export const bucket = 'bench'
export const sumHeader = 'x-amz-checksum-sha256'
const everyone = {
  allowedOrigins: ['*'],
  allowedMethods: ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'],
  allowedHeaders: ['*'],
  exposeHeaders: ['ETag'],
  maxAgeSeconds: 3600,
}

export const startStore = (dataDir: string): Promise<S3> =>
  startS3({ dataDir, buckets: [{ name: bucket, cors: [everyone] }], sendEvent: () => Promise.resolve() })

export const connectStore = (port: number): S3Client =>
  new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region,
    credentials,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  })

/** A request for one whole object, as `curl` sends it; with a sum (base64) S3 wants it as a header, and verifies it. */
export const signWhole = (port: number, key: string, sha256?: string): Promise<string> =>
  getSignedUrl(connectStore(port), new PutObjectCommand({ Bucket: bucket, Key: key, ChecksumSHA256: sha256 }), {
    expiresIn: 3600,
    unhoistableHeaders: new Set([sumHeader]),
  })

type Upload = { readonly bytes: number; uploadId: string | null; isComplete: boolean }

/** Requests are signed for `port`: where the browser reaches S3, which may be the slow link. */
export function createApi(s3: S3, port: number) {
  const direct = connectStore(s3.port)
  const signer = connectStore(port)
  const uploads = new Map<string, Upload>()
  const at = (mediaId: string) => {
    const upload = uploads.get(mediaId)
    if (upload === undefined) throw new Error(`nothing was begun as ${mediaId}`)
    return { upload, place: { Bucket: bucket, Key: mediaId, UploadId: upload.uploadId ?? undefined } }
  }
  const listParts = async (mediaId: string) => {
    const { Parts = [] } = await direct.send(new ListPartsCommand(at(mediaId).place))
    return Parts
  }

  return {
    begin: (_batchId: string, files: readonly { bytes: number }[]) =>
      files.map(({ bytes }) => {
        const mediaId = `med_01990000-0000-7000-8000-${String(uploads.size).padStart(12, '0')}`
        uploads.set(mediaId, { bytes, uploadId: null, isComplete: false })
        return { ok: true, mediaId, method: 'multipart', ...planParts(bytes) }
      }),
    async openMultipart(mediaId: string) {
      const { upload, place } = at(mediaId)
      const command = new CreateMultipartUploadCommand({ ...place, ChecksumAlgorithm: 'SHA256' })
      upload.uploadId ??= (await direct.send(command)).UploadId ?? null
      return planParts(upload.bytes)
    },
    signParts: (mediaId: string, parts: readonly { partNumber: number; sha256: string }[]) =>
      Promise.all(
        parts.map(async ({ partNumber, sha256 }) => {
          const input = { ...at(mediaId).place, PartNumber: partNumber, ChecksumSHA256: sha256 }
          const unhoistableHeaders = new Set([sumHeader])
          const url = await getSignedUrl(signer, new UploadPartCommand(input), { expiresIn: 900, unhoistableHeaders })
          return { partNumber, request: { method: 'PUT', url, headers: { [sumHeader]: sha256 } } }
        }),
      ),
    async listParts(mediaId: string) {
      if (at(mediaId).upload.isComplete) return { isReceived: true, parts: [], nextAfter: null }
      const parts = (await listParts(mediaId)).map((part) => ({
        partNumber: part.PartNumber,
        bytes: part.Size,
        sha256: part.ChecksumSHA256 ?? null,
      }))
      return { isReceived: false, parts, nextAfter: null }
    },
    async completeMultipart(mediaId: string) {
      const { upload, place } = at(mediaId)
      const Parts = (await listParts(mediaId)).map(({ PartNumber, ETag, ChecksumSHA256 }) => ({
        PartNumber,
        ETag,
        ChecksumSHA256,
      }))
      await direct.send(new CompleteMultipartUploadCommand({ ...place, MultipartUpload: { Parts } }))
      upload.isComplete = true
    },
    watch: (mediaIds: readonly string[]) =>
      mediaIds.map((mediaId) => ({
        mediaId,
        state: at(mediaId).upload.isComplete ? 'ready' : 'reserved',
        reason: null,
        duplicateOf: null,
        declaredType: 'video/mp4',
        detectedType: 'video/mp4',
        item: null,
      })),
  }
}

export type BenchApi = ReturnType<typeof createApi>
