import type { Context } from 'hono'

/** The web client's files. Paths that no file has are pages of the client, which routes them itself. */
export type Assets = { readonly fetch: (request: Request) => Promise<Response> }

/** Files whose names carry a hash of their content. */
export const hashedFolder = '/assets/'

/**
 * Serves the web client. The assets binding answers `index.html` for a path it does not know; a missing hashed file
 * must be a 404 all the same, or a page from before a deployment would run HTML as a script.
 */
export function serveAssets(assets: Assets) {
  return async (c: Context): Promise<Response> => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD')
      return c.text('Method Not Allowed', 405, { allow: 'GET, HEAD' })
    const answer = await assets.fetch(c.req.raw)
    const isHashed = new URL(c.req.url).pathname.startsWith(hashedFolder)
    const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false
    if (isHashed && isPage) {
      await answer.body?.cancel()
      return c.text('Not Found', 404, { 'cache-control': 'no-store' })
    }
    const response = new Response(answer.body, answer)
    if (isHashed && answer.ok) response.headers.set('cache-control', 'public, max-age=31536000, immutable')
    // Pages are small, and an old one names files that a deployment may have taken away.
    else if (isPage) response.headers.set('cache-control', 'no-cache')
    return response
  }
}
