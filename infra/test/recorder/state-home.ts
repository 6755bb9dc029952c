// Just enough of SSM and S3 for SST's own state, in memory, on loopback.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { account, region } from './cloud-answers.ts'

export type StateHome = { readonly url: string; readonly close: () => void }

/** What SST writes into an account the first time it is used there. */
const bootstrap = {
  version: 99,
  asset: 'sst-asset-offline',
  state: 'sst-state-offline',
  assetEcrRegistryId: account,
  assetEcrUrl: `${account}.dkr.ecr.${region}.amazonaws.com/sst-asset`,
}

export async function startStateHome(): Promise<StateHome> {
  const parameters = new Map([['/sst/bootstrap', JSON.stringify(bootstrap)]])
  const objects = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const target = String(request.headers['x-amz-target'] ?? '')
      if (target === '') answerS3(objects, request, body, response)
      else answerSsm(parameters, target, body, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  return String(request.headers['content-encoding']).includes('aws-chunked') ? joinChunks(body) : body
}

/** Each chunk: its length in hexadecimal, its signature, a line's end, its bytes, a line's end. */
function joinChunks(body: Buffer): Buffer {
  const parts: Buffer[] = []
  let at = 0
  while (at < body.length) {
    const lineEnd = body.indexOf('\r\n', at)
    const length = Number.parseInt(body.toString('latin1', at, lineEnd), 16)
    if (!length) break
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + length))
    at = lineEnd + 2 + length + 2
  }
  return Buffer.concat(parts)
}

function answerSsm(parameters: Map<string, string>, target: string, body: Buffer, response: ServerResponse): void {
  const { Name = '', Value = '' } = JSON.parse(body.toString() || '{}') as { Name?: string; Value?: string }
  const answer = (status: number, value: object) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(value))
  }
  const known = parameters.get(Name)
  switch (target) {
    case 'AmazonSSM.GetParameter':
      if (known === undefined) return answer(400, { __type: 'ParameterNotFound', message: 'not found' })
      return answer(200, { Parameter: { Name, Type: 'String', Value: known, Version: 1 } })
    case 'AmazonSSM.PutParameter':
      parameters.set(Name, Value)
      return answer(200, { Version: 1, Tier: 'Standard' })
    case 'AmazonSSM.DeleteParameter':
      parameters.delete(Name)
      return answer(200, {})
    default:
      return answer(400, { __type: 'UnknownOperation', message: target })
  }
}

function answerS3(
  objects: Map<string, Buffer>,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://state.home')
  const found = objects.get(pathname)
  const etag = { etag: '"1"' }
  const xml = (status: number, text: string) =>
    void response.writeHead(status, { 'content-type': 'application/xml' }).end(request.method === 'HEAD' ? '' : text)
  if (request.method === 'PUT') {
    objects.set(pathname, body)
    response.writeHead(200, etag).end()
  } else if (request.method === 'DELETE') {
    objects.delete(pathname)
    response.writeHead(204).end()
  } else if (searchParams.get('list-type') === '2') {
    const [, bucket = ''] = pathname.split('/')
    const prefix = `/${bucket}/${searchParams.get('prefix') ?? ''}`
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(bucket.length + 2))
    const contents = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')
    xml(200, `<ListBucketResult><Name>${bucket}</Name><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`)
  } else if (found !== undefined) {
    response.writeHead(200, { ...etag, 'content-length': found.length }).end(request.method === 'HEAD' ? '' : found)
  } else xml(404, '<Error><Code>NoSuchKey</Code><Message>no</Message></Error>')
}
