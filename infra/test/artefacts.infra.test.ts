// The very files that a deployment would upload, run here: the Lambdas' folders away from the repository, so that nothing
// is found that is not in the zip, and the Worker's modules in workerd with the bindings that were recorded.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buckets } from '@shoebox/local/cloud-names.ts'
import { startStack, type Stack } from '@shoebox/local/stack.ts'
import { makeId } from '@shoebox/shared/ids.ts'
import { incomingKey } from '@shoebox/shared/upload/object-keys.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { makeOrientedJpeg } from '@shoebox/testing/samples/pictures.ts'
import { makeMp4 } from '@shoebox/testing/samples/time-based/films.ts'
import { repositoryRoot } from '../build/repository-root.ts'
import { lambdaNames, planOf, type LambdaName } from '../plan.ts'
import { at, listAt, textAt, texts } from './graph.ts'
import { readGraph } from './read-recording.ts'

const graph = readGraph('preview')
const scratch = mkdtempSync(join(tmpdir(), 'shoebox-artefacts-'))
let stack: Stack<'postgres' | 'neon' | 's3' | 'sqs'>

beforeAll(async () => {
  stack = await startStack({ parts: ['postgres', 'neon', 's3', 'sqs'] })
})
afterAll(async () => {
  await stack.stop()
  rmSync(scratch, { recursive: true, force: true })
})

/** Calls a built Lambda as its runtime would, in a process that knows nothing but what it is given. */
async function callLambda(name: LambdaName, event: unknown): Promise<unknown> {
  const folder = join(scratch, name)
  cpSync(join(repositoryRoot, '.sst/built/x86_64', name), folder, { recursive: true })
  const lambda = graph.need('lambda/function:Function', `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`)
  const [file = '', , handler = ''] = textAt(lambda.inputs, 'handler').split('.')
  const entry = JSON.stringify(join(folder, `${file}.lambda.mjs`))
  const program = `const { ${handler}: handle } = await import(${entry})
process.stdout.write('\\nANSWER ' + JSON.stringify(await handle(${JSON.stringify(event)}, {})) + '\\n')
process.exit()`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...(at(lambda.inputs, 'environment.variables') as Record<string, string>),
      AWS_REGION: stack.region,
      AWS_ACCESS_KEY_ID: stack.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: stack.credentials.secretAccessKey,
      AWS_ENDPOINT_URL_S3: stack.s3.endpoint,
      AWS_ENDPOINT_URL_SQS: stack.sqs.endpoint,
      INCOMING_BUCKET: buckets.incoming,
      MEDIA_BUCKET: buckets.media,
      OUTCOMES_QUEUE_URL: `${stack.sqs.endpoint}/${stack.accountId}/outcomes`,
      VIDEOS_QUEUE_URL: `${stack.sqs.endpoint}/${stack.accountId}/videos`,
      DATABASE_URL: stack.postgres.url,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await new Promise((resolve) => child.once('close', resolve))
  const answer = /^ANSWER (.*)$/m.exec(output)?.[1]
  if (answer === undefined) throw new Error(`${name} gave no answer:\n${output}`)
  return answer === 'undefined' ? undefined : JSON.parse(answer)
}

const sqsEvent = (...bodies: string[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `message-${index}`,
    body,
    attributes: { ApproximateReceiveCount: '1' },
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:uploads',
  })),
})

test('what is zipped is what was built', () => {
  const code = graph.need('s3/bucketObjectv2:BucketObjectv2', 'InspectCode')
  const folder = join(repositoryRoot, '.sst/built/x86_64/inspect')
  const built = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  expect(texts(listAt(code.inputs, 'files')).sort()).toEqual(built.sort())
})

describe('the built Lambdas', () => {
  test('turn an upload into pictures, a message and a settled row', async () => {
    expect(await callLambda('migrate', {})).toEqual({ migrated: true })

    const random = new Uint8Array(10)
    const key = incomingKey(makeId('user', 1, random), makeId('media', 2, random))
    const { endpoint } = stack.s3
    const s3 = new S3Client({ endpoint, forcePathStyle: true, region: stack.region, credentials: stack.credentials })
    await s3.send(new PutObjectCommand({ Bucket: buckets.incoming, Key: key, Body: await makeOrientedJpeg(6) }))
    // S3 also announces the notification itself, with a message of another kind.
    const arrivals = () => stack.sqs.peek('uploads').filter((body) => body.includes('ObjectCreated'))
    await expect.poll(arrivals).toHaveLength(1)

    expect(await callLambda('inspect', sqsEvent(...arrivals()))).toEqual({ batchItemFailures: [] })
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: buckets.media }))
    const names = Contents.map(({ Key = '' }) => Key.replace(/^v\/.*\//, '').replace(/^o\/.*/, 'original'))
    expect(names.sort()).toEqual(['copy', 'original', 'preview.webp', 'thumb.webp', 'tile.webp'])

    const [outcome = ''] = stack.sqs.peek('outcomes')
    expect(JSON.parse(outcome)).toMatchObject({ outcome: 'ready', type: 'image/jpeg', incomingKey: key })
    expect(await callLambda('persist', sqsEvent(outcome))).toEqual({ batchItemFailures: [] })
  })

  test('turn a film into a poster and a copy to play', async () => {
    const random = new Uint8Array(10).fill(7)
    const [mediaId, ownerId] = [makeId('media', 3, random), makeId('user', 1, random)]
    const Key = incomingKey(ownerId, mediaId)
    const Body = await makeMp4()
    const { endpoint } = stack.s3
    const s3 = new S3Client({ endpoint, forcePathStyle: true, region: stack.region, credentials: stack.credentials })
    const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket: buckets.incoming, Key, Body }))
    const [arrival = ''] = await pollUntil(() => {
      const arrivals = stack.sqs.peek('uploads').filter((body) => body.includes(mediaId))
      return arrivals.length > 0 && arrivals
    })
    expect(await callLambda('inspect', sqsEvent(arrival))).toEqual({ batchItemFailures: [] })
    const [message = ''] = stack.sqs.peek('videos')
    expect(JSON.parse(message)).toMatchObject({ mediaId, etag: ETag.replaceAll('"', ''), type: 'video/mp4' })
    expect(await callLambda('video', sqsEvent(message))).toEqual({ batchItemFailures: [] })
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: buckets.media, Prefix: `v/${mediaId}` }))
    const names = Contents.map(({ Key: stored = '' }) => stored.split('/').at(-1) ?? '')
    expect(names.sort()).toEqual(['play', 'preview.webp', 'thumb.webp', 'tile.webp'])
  })

  test('give back a message that they cannot read', async () => {
    for (const name of lambdaNames.filter((name) => planOf(name).consumes !== undefined))
      expect(await callLambda(name, sqsEvent('not what was agreed'))).toEqual({
        batchItemFailures: [{ itemIdentifier: 'message-0' }],
      })
  })
})

describe('the built Worker', () => {
  let miniflare: Miniflare

  beforeAll(async () => {
    await callLambda('migrate', {})
    const { inputs } = graph.need('index/workerVersion:WorkerVersion', 'SiteVersion')
    const bindings = listAt(inputs, 'bindings').filter((binding) => textAt(binding, 'type').endsWith('_text'))
    const options = convertV4MiniflareOptions({
      log: new Log(LogLevel.NONE),
      cf: false,
      telemetry: { enabled: false },
      compatibilityDate: textAt(inputs, 'compatibilityDate'),
      modules: listAt(inputs, 'modules').map((module) => ({
        type: textAt(module, 'contentType') === 'application/wasm' ? 'CompiledWasm' : 'ESModule',
        path: textAt(module, 'name'),
        contents: readFileSync(textAt(module, 'contentFile')),
      })),
      bindings: {
        ...Object.fromEntries(bindings.map((binding) => [textAt(binding, 'name'), textAt(binding, 'text')])),
        // The one place that is not in the cloud.
        DATABASE_URL: stack.postgres.url,
        DATABASE_HTTP_ENDPOINT: stack.neon.httpUrl,
      },
      ratelimits: { BURST_LIMIT: { namespace_id: '1', simple: { limit: 500, period: 10 } } },
      assets: {
        directory: textAt(inputs, 'assets.directory'),
        binding: 'ASSETS',
        routerConfig: { has_user_worker: true, invoke_user_worker_ahead_of_assets: true },
        assetConfig: { not_found_handling: 'single-page-application' },
      },
    })
    miniflare = new Miniflare(options)
    await miniflare.ready
  })
  afterAll(() => miniflare.dispose())

  const get = async (path: string) => {
    const response = await miniflare.dispatchFetch(`${textAt(graph.outputs, 'site')}${path}`)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  test('serves the site with what it shows first, and the same page for a deep link', async () => {
    const home = await get('/')
    expect(home).toMatchObject({ status: 200, text: expect.stringContaining('<div id="') })
    const inlined = /<script type="application\/json" id="inlined">.*<\/script>/
    expect(home.text).toMatch(inlined)
    expect((await get('/sign-in')).text).toBe(home.text.replace(inlined, ''))
    expect((await get('/assets/gone.js')).status).toBe(404)
    const policy = home.headers.get('content-security-policy')
    expect(policy).toContain(textAt(graph.outputs, 'media'))
    expect(policy).toContain(`https://${textAt(graph.outputs, 'incomingBucket')}.s3.us-east-1.amazonaws.com`)
  })

  test('answers the API on the same origin, from the migrated database', async () => {
    expect((await get('/api/health')).status).toBe(200)
    const feed = await get(`/api/trpc/feed.page?input=${encodeURIComponent('{}')}`)
    expect(JSON.parse(feed.text)).toMatchObject({ result: { data: { items: [], nextCursor: null } } })
  })
})
