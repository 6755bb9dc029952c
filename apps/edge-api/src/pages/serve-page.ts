import type { Context as HttpContext } from 'hono'
import { isId, type MediaId } from '@shoebox/shared/ids.ts'
import { findItem } from '../feed/find-item.ts'
import { listPage } from '../feed/list-page.ts'
import type { Assets } from '../middleware/serve-assets.ts'
import type { Context } from '../trpc/context.ts'
import { dressFeed, dressItem } from './dress-page.ts'

export type ServePageDeps = {
  readonly siteOrigin: string
  readonly assets: Assets
  readonly compose: (c: HttpContext) => PageParts
  readonly onFault: (c: HttpContext, error: unknown) => void
}

/** A page that waits longer for its data is better off without: the client asks for it then. Milliseconds. */
const waitMsMax = 400

/** The client's default page size, and that of the edge's copy. */
const pageSize = 30

/** The feed's page, with what it shows. */
export const serveFeedPage = (deps: ServePageDeps) =>
  servePage(deps, async ({ feed, visitor }) => dressFeed(await listPage(feed(), visitor, { size: pageSize })))

/** An item's page, with what other sites show of a link to it. Says nothing of one that is not public. */
export const serveItemPage = (deps: ServePageDeps) =>
  servePage(deps, async ({ feed }, c) => {
    const id = c.req.param('mediaId') ?? ''
    if (!isMediaId(id)) return ''
    const found = await findItem(feed(), id)
    return found.ok ? dressItem(deps.siteOrigin, found.value) : ''
  })

const isMediaId = (text: string): text is MediaId => isId('media', text)

/**
 * The built page with more in its head; as it was built where that is not there in time. What is public is not the same
 * for everybody signed in, so they get the page as it was built and ask with their session.
 */
function servePage(deps: ServePageDeps, dress: (parts: PageParts, c: HttpContext) => Promise<string>) {
  const dressSafely = async (c: HttpContext): Promise<string> => {
    const parts = deps.compose(c)
    if (parts.visitor.sessionToken !== null) return ''
    try {
      return await dress(parts, c)
    } catch (error) {
      deps.onFault(c, error)
      return ''
    }
  }
  return async (c: HttpContext): Promise<Response> => {
    // Without the visitor's conditions: what they have is the page with other data in it.
    const building = deps.assets.fetch(new Request(c.req.url)).then((built) => built.text())
    const [page, dressed] = await Promise.all([building, Promise.race([dressSafely(c), waitFor(waitMsMax)])])
    return c.html(
      page.replace('</head>', () => `${dressed}</head>`),
      200,
      { 'cache-control': 'no-cache' },
    )
  }
}

type PageParts = Pick<Context, 'feed' | 'visitor'>

const waitFor = (ms: number): Promise<''> => new Promise((resolve) => setTimeout(() => resolve(''), ms))
