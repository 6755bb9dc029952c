// What can be asked of a bucket: does it exist, what is in it, which uploads are open; and deleting many objects.
import { listObjects } from './list-objects.ts'
import { removeObject } from './object-routes.ts'
import { receiveSmallBody } from './receive-body.ts'
import { answerEmpty, answerXml, type S3Call } from './s3-call.ts'
import { region } from '../cloud-names.ts'
import { malformedXml, notImplemented } from './s3-error.ts'
import { element, readXmlList, s3Namespace } from './xml.ts'

/** AWS's limit for one DeleteObjects. */
const deletionsMax = 1000

/** Anything else is configuration, which belongs to infra/ and to the stack, not to a running application. */
export async function handleBucket(call: S3Call): Promise<void> {
  if (call.method === 'HEAD') return answerEmpty(call, 200, { 'x-amz-bucket-region': region })
  if (call.method === 'GET' && call.query.has('uploads')) return listUploads(call)
  if (call.method === 'GET' && call.query.get('list-type') === '2') return listObjects(call)
  if (call.method === 'POST' && call.query.has('delete')) return deleteObjects(call)
  throw notImplemented(`${call.method} on a bucket`)
}

function listUploads(call: S3Call): void {
  const prefix = call.query.get('prefix') ?? ''
  const uploads = call.services.uploads
    .list(call.bucket.name, prefix)
    .map(
      (upload) =>
        `<Upload>${element('Key', upload.key)}${element('UploadId', upload.id)}${element(
          'Initiated',
          new Date(upload.initiatedMs).toISOString(),
        )}${element('StorageClass', 'STANDARD')}</Upload>`,
    )
  answerXml(
    call,
    `<ListMultipartUploadsResult ${s3Namespace}>${element('Bucket', call.bucket.name)}${element('Prefix', prefix)}${element(
      'IsTruncated',
      false,
    )}${uploads.join('')}</ListMultipartUploadsResult>`,
  )
}

async function deleteObjects(call: S3Call): Promise<void> {
  const { items, fields } = readXmlList(await receiveSmallBody(call.body), 'Delete', 'Object')
  const keys = items.map((item) => item['Key'])
  if (keys.length > deletionsMax || keys.includes(undefined)) throw malformedXml()
  const isQuiet = fields['Quiet'] === 'true'
  const deleted = keys.map((key = '') => {
    removeObject(call, key)
    return isQuiet ? '' : `<Deleted>${element('Key', key)}</Deleted>`
  })
  answerXml(call, `<DeleteResult ${s3Namespace}>${deleted.join('')}</DeleteResult>`)
}
