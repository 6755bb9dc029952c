// The peer of the row of procedures: what media-feed's description says a NestJS and TypeORM service does, without the
// cost of either: a bearer JWT, offset pages with a count and two like look-ups a row, getSignedUrl of a whole client.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import pg from 'pg'

const { DATABASE_URL, JWT_SECRET = '', MEDIA_ORIGIN } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 10 })
const s3 = new S3Client({
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
})
let trips = 0

async function ask<R extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<R[]> {
  trips += 1
  return (await pool.query<R>(text, values)).rows
}

function checkToken(request: IncomingMessage): string | null {
  const [head = '', body = '', signature = ''] = (request.headers.authorization ?? '').replace('Bearer ', '').split('.')
  const expected = createHmac('sha256', JWT_SECRET).update(`${head}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const { sub, exp } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { sub: string; exp: number }
  return exp * 1000 > Date.now() ? sub : null
}

const countLikes = async (mediaId: string): Promise<number> =>
  (await ask<{ count: number }>('select count(*)::int count from likes where media_id = $1', [mediaId]))[0]?.count ?? 0

async function listPage(user: string | null, page: number, size: number) {
  const [total] = await ask<{ count: number }>(`select count(*)::int count from media where state = 'ready'`, [])
  const rows = await ask<{ id: string; incoming_key: string }>(
    `select m.*, u.name owner_name, u.email from media m left join users u on u.id = m.owner_id where m.state = 'ready'
     order by m.published_at desc, m.id desc limit $1 offset $2`,
    [size, (page - 1) * size],
  )
  const mine = async (id: string) =>
    user !== null && (await ask('select 1 from likes where user_id = $1 and media_id = $2', [user, id])).length > 0
  const items = await Promise.all(
    rows.map(async (row) => ({
      ...row,
      url: `${MEDIA_ORIGIN}/${row.incoming_key}`,
      likes: await countLikes(row.id),
      liked: await mine(row.id),
    })),
  )
  return { items, total: total?.count, page, size }
}

async function toggleLike(user: string, mediaId: string, isLiked: boolean) {
  const [item] = await ask('select * from media where id = $1', [mediaId])
  if (item === undefined) return null
  const [like] = await ask('select * from likes where user_id = $1 and media_id = $2', [user, mediaId])
  if (isLiked && like === undefined) {
    await ask('insert into likes (user_id, media_id, created_at) values ($1, $2, $3)', [user, mediaId, new Date()])
  }
  if (!isLiked && like !== undefined)
    await ask('delete from likes where user_id = $1 and media_id = $2', [user, mediaId])
  return { liked: isLiked, likeCount: await countLikes(mediaId) }
}

async function signUpload(user: string) {
  const key = `${user}/${crypto.randomUUID()}`
  const wish = new PutObjectCommand({ Bucket: 'media-feed', Key: key, ContentType: 'image/jpeg' })
  return { url: await getSignedUrl(s3, wish, { expiresIn: 900 }), key }
}

async function answer(request: IncomingMessage): Promise<unknown> {
  const user = checkToken(request)
  const url = new URL(request.url ?? '/', 'http://peer')
  if (request.method === 'GET' && url.pathname === '/media')
    return listPage(user, Number(url.searchParams.get('page')), Number(url.searchParams.get('size')))
  if (user === null) return null
  if (url.pathname === '/media/presigned-url') return signUpload(user)
  const [, mediaId] = /^\/media\/([^/]+)\/likes$/.exec(url.pathname) ?? []
  return mediaId === undefined ? null : toggleLike(user, mediaId, request.method === 'POST')
}

const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
  trips = 0
  answer(request).then(
    (body) => {
      response.writeHead(body === null ? 401 : 200, { 'content-type': 'application/json', 'x-trips': String(trips) })
      response.end(JSON.stringify(body))
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
