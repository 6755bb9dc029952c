import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { openEdge } from '../test/open-edge.ts'
import { mediaOrigin } from '../test/start-edge.ts'
import { pollUntil } from '@shoebox/testing/poll-until.ts'
import { password, signUpVisitor, Visitor } from '../test/visitor.ts'

const { edge } = await openEdge()

describe('every response', () => {
  test.each([
    ['a page', '/', {}],
    ['a page of the client', '/somewhere/else', {}],
    ['a hashed asset', '/assets/app-0a1b2c3d.js', {}],
    ['a missing asset', '/assets/missing.js', {}],
    ['an answer', '/api/trpc/account.me', {}],
    ['a refusal', '/api/trpc/feed.item?input={}', {}],
    ['an unknown API path', '/api/none', {}],
    ['a wrong origin', '/api/trpc/account.signOut', { method: 'POST', origin: 'https://evil.example' }],
    ['health', '/api/health', {}],
    ['another method', '/', { method: 'DELETE' }],
  ])('carries the security headers: %s', async (_, path, changes) => {
    const { headers } = await new Visitor(edge).send(path, changes)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("frame-src 'self';")
    expect(policy).toContain(`img-src 'self' ${mediaOrigin};`)
    expect(policy).toContain(`connect-src 'self' ${edge.s3Endpoint} ${mediaOrigin};`)
    expect(headers.get('strict-transport-security')).toContain('max-age=63072000')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toMatch(/camera=\(self\).*microphone=\(self\)/)
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('assets', () => {
  test('serve the client for any page and cache only what is named by its content', async () => {
    const visitor = new Visitor(edge)
    const page = await visitor.send('/media/anything', {})
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    const asset = await visitor.send('/assets/app-0a1b2c3d.js', {})
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const missing = await visitor.send('/assets/app-gone.js', {})
    expect(missing.status).toBe(404)
    expect(missing.headers.get('content-type')).not.toContain('html')
    expect((await visitor.send('/favicon.svg', {})).headers.get('content-type')).toContain('svg')
    expect((await visitor.send('/', { method: 'POST' })).status).toBe(405)
  })
})

describe('the API', () => {
  test('answers unknown paths in JSON, never with a page', async () => {
    for (const path of ['/api', '/api/', '/api/none', '/api/trpcs', '/api/trpc', '/api/trpc/', '/api/trpc/none.none']) {
      const answer = await new Visitor(edge).send(path, {})
      expect({ path, status: answer.status, refusal: answer.refusal }).toMatchObject({
        path,
        status: 404,
        refusal: { code: 'not_found' },
      })
      expect(answer.headers.get('content-type')).toContain('application/json')
    }
  })

  test.each([
    ['none', null],
    ['another site', 'https://evil.example'],
    ['another port', 'http://127.0.0.1:1'],
    ['null', 'null'],
    ['a prefix', 'http://127.0.0.1'],
  ])('changes nothing for an Origin that is %s', async (_, origin) => {
    const visitor = await signUpVisitor(edge)
    for (const procedure of ['account.signOut', 'likes.like', 'uploads.begin', 'account.signUp']) {
      const answer = await visitor.mutate(procedure, {}, { origin })
      expect(answer.status).toBe(403)
      expect(answer.refusal).toEqual({ code: 'wrong_origin' })
    }
    expect((await visitor.query('account.me')).data).toMatchObject({ user: { email: visitor.email } })
  })

  test('changes nothing by GET', async () => {
    const visitor = await signUpVisitor(edge)
    const answer = await visitor.query('account.signOut', {}, { origin: edge.origin })
    expect(answer.status).toBe(405)
    expect(answer.refusal).toEqual({ code: 'invalid_input' })
    expect((await visitor.query('account.me')).data).toMatchObject({ user: { email: visitor.email } })
  })

  test.each(['OPTIONS', 'PUT', 'PATCH', 'DELETE'])('allows no other site to ask with %s', async (method) => {
    const answer = await new Visitor(edge).send('/api/trpc/account.me', { method, origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  const garbage = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"json":{}}',
    '\u0000',
    '{"0":{}}',
    '{"__proto__":{"x":1}}',
    '9'.repeat(5000),
  ]
  test.each(garbage)('refuses the body %j', async (body) => {
    for (const path of ['/api/trpc/account.signIn', '/api/trpc/account.signIn?batch=1', '/api/trpc/uploads.begin']) {
      const answer = await new Visitor(edge).send(path, { method: 'POST', body })
      expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
      expect(answer.status, answer.text).toBeLessThan(500)
    }
  })

  test.each(['{', '%', '%7B', '[]', '{"mediaId":{"$gt":""}}', '{"mediaId":["med_1"]}', 'null', '{"__proto__":1}'])(
    'refuses the query %j',
    async (input) => {
      for (const procedure of ['feed.item', 'feed.since', 'feed.likedAmong', 'uploads.watch']) {
        const answer = await new Visitor(edge).send(`/api/trpc/${procedure}?input=${input}`, {})
        expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
        expect(answer.status, answer.text).toBeLessThan(500)
      }
    },
  )

  test('survives a broken cookie', async () => {
    for (const cookie of [
      '__Host-shoebox=%',
      '__Host-shoebox=%E0%A4%A',
      '=;=',
      '__Host-shoebox=',
      `__Host-shoebox=${'a'.repeat(4000)}`,
    ]) {
      expect((await new Visitor(edge).query('account.me', undefined, { cookie })).data).toMatchObject({ user: null })
    }
  })

  test('names the fields that are wrong, unknown ones too, and repeats no values', async () => {
    const answer = await new Visitor(edge).mutate('account.signIn', { email: 'no address', password: 7, isAdmin: true })
    expect(answer.refusal).toEqual({ code: 'invalid_input', fields: ['email', 'password', 'isAdmin'] })
    expect(answer.text).not.toContain('no address')
    expect(answer.text).not.toMatch(/stack|zod|trpc|at /i)
  })

  test('refuses 10 MB by their stated length, without waiting for them', async () => {
    const answer = await sendRaw(`content-length: ${10 * 2 ** 20}`, '{')
    expect(answer).toMatch(/^HTTP\/1.1 413/)
    expect(answer).toContain('body_too_large')
  })

  test('refuses a body without a length as soon as it is too large', async () => {
    const piece = 'x'.repeat(64 * 1024)
    const pieces = `${piece.length.toString(16)}\r\n${piece}\r\n`.repeat(5)
    const answer = await sendRaw('transfer-encoding: chunked', pieces)
    expect(answer).toMatch(/^HTTP\/1.1 413/)
    expect(answer).toContain('body_too_large')
  })

  test('takes the largest honest pre-flight', async () => {
    const visitor = await signUpVisitor(edge)
    const name = `${'ü'.repeat(2000)}.jpg`
    const files = Array.from({ length: 50 }, () => ({
      name,
      type: 'image/jpeg',
      bytes: 1,
      sha256: `${'A'.repeat(43)}=`,
    }))
    const answer = await visitor.mutate('uploads.begin', { batchId: crypto.randomUUID(), files })
    expect(answer.status).toBe(200)
  })

  test('answers at most ten calls in one request', async () => {
    const calls = (count: number) => `/api/trpc/${Array<string>(count).fill('account.me').join(',')}?batch=1&input={}`
    expect((await new Visitor(edge).send(calls(10), {})).status).toBe(200)
    const tooMany = await new Visitor(edge).send(calls(11), {})
    expect(tooMany.status).toBe(400)
  })

  test('sets the cookies of a batch, also when a stream was asked for', async () => {
    const { email } = await signUpVisitor(edge)
    const visitor = new Visitor(edge)
    const answer = await visitor.send('/api/trpc/account.signIn,account.signIn?batch=1', {
      method: 'POST',
      body: JSON.stringify({ 0: { email, password }, 1: { email, password } }),
      headers: { 'trpc-accept': 'application/jsonl' },
    })
    expect(answer.headers.get('content-type')).toContain('application/json')
    const names = answer.headers.getSetCookie().map((line) => line.split('=')[0] ?? '')
    expect(names.toSorted()).toEqual([...Array(2).fill('__Host-shoebox'), ...Array(2).fill('__Host-shoebox-device')])
    expect((await visitor.query('account.me')).data).toMatchObject({ user: { email } })
  })

  test('is cached nowhere', async () => {
    for (const path of ['/api/trpc/account.me', '/api/trpc/feed.page?input={}', '/api/health', '/api/none']) {
      expect((await new Visitor(edge).send(path, {})).headers.get('cache-control')).toBe('no-store')
    }
  })

  test('works on the second request of an isolate as on the first', async () => {
    const visitor = await signUpVisitor(edge)
    for (let n = 0; n < 5; n += 1) expect((await visitor.query('account.me')).status).toBe(200)
    const answers = await Promise.all(Array.from({ length: 20 }, () => visitor.query('account.me')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  })

  test('limits the requests of one network, not of its neighbours', async () => {
    const visitor = new Visitor(edge, '198.51.100.7')
    // Enough for one window to be over the limit even where they fall into two; a machine too busy to send them
    // within 20 seconds tries again.
    const flood = () => Promise.all(Array.from({ length: 1100 }, () => visitor.send('/api/health', {})))
    const isRefused = ({ status }: { status: number }) => status === 429
    const refused = await pollUntil(
      async () => {
        const found = (await flood()).filter(isRefused)
        return found.length > 0 && found
      },
      { timeoutMs: 50_000, what: 'a request over the limit' },
    )
    expect(refused[0]?.headers.get('retry-after')).toBe('10')
    expect(refused[0]?.refusal).toMatchObject({ code: 'rate_limited' })
    // A page of theirs that is on its way gets its files all the same.
    expect((await visitor.send('/assets/app-0a1b2c3d.js', {})).status).toBe(200)
    expect((await new Visitor(edge, '198.51.100.8').send('/api/health', {})).status).toBe(200)
  }, 90_000)
})

/** Begins a request whose body never ends, and returns what comes back at first. */
function sendRaw(framing: string, bodyBeginning: string): Promise<string> {
  const { hostname, port, host } = new URL(edge.origin)
  const head = ['POST /api/trpc/account.signIn HTTP/1.1', `host: ${host}`, `origin: ${edge.origin}`]
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write([...head, 'content-type: application/json', framing, '', bodyBeginning].join('\r\n'))
    })
    socket.once('data', (data) => {
      resolve(data.toString())
      socket.destroy()
    })
    socket.once('error', reject)
  })
}
