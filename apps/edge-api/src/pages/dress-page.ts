// What a page's head gets besides what was built: the data that its first screen shows, the pictures of its first row,
// and what other sites show of a link. Everything is data, never a script: the policy allows no inline script.
import { chooseDerivative, derivativeUrl, type DerivativeName } from '@shoebox/shared/media/derivatives.ts'
import { clampAspect, densityDefault, layOutRows, planRows } from '@shoebox/shared/media/lay-out-rows.ts'
import { inlinedId, type Inlined } from '@shoebox/shared/inlined.ts'
import type { FeedItem, FeedPage } from '../feed/feed.schema.ts'

/** The feed's first page in the page itself, so that it is drawn without asking. */
export const dressFeed = (page: FeedPage): string => preloadFirstRow(page.items) + inline({ page })

/** A public item: how it looks elsewhere when its link is shared, and itself. */
export function dressItem(siteOrigin: string, item: FeedItem): string {
  const picture = item.derivatives.find(({ name }) => name === 'preview') ?? item.derivatives.at(-1)
  const title = `${kindNames[item.kind]} by ${item.owner.name}`
  const tags: Tag[] = [
    ['og:site_name', 'Shoebox'],
    ['og:type', 'article'],
    ['og:title', title],
    ['og:url', `${siteOrigin}/p/${item.id}`],
    ['article:published_time', item.publishedAt],
    ...(item.caption === '' ? [] : [['og:description', item.caption] satisfies Tag]),
    ['twitter:card', picture === undefined ? 'summary' : 'summary_large_image'],
  ]
  if (picture !== undefined) {
    tags.push(
      ['og:image', derivativeUrl(item.delivery, picture.name)],
      ['og:image:type', 'image/webp'],
      ['og:image:width', picture.widthPx],
      ['og:image:height', picture.heightPx],
      ['og:image:alt', item.altText || item.caption || title],
    )
  }
  const metas = tags.map(
    ([property, content]) => `<meta property="${property}" content="${escapeText(String(content))}">`,
  )
  return metas.join('') + inline({ item })
}

type Tag = [property: string, content: string | number]

const kindNames = { image: 'Photo', video: 'Video', audio: 'Sound' } as const satisfies Record<FeedItem['kind'], string>

/** Inside the element only `<` could end it, and in JSON that is the same letter escaped. */
const inline = (inlined: Inlined<FeedPage, FeedItem>): string =>
  `<script type="application/json" id="${inlinedId}">${JSON.stringify(inlined).replaceAll('<', '\\u003c')}</script>`

/** The phone that needs the least of a picture, and the one that needs the most, upright. What both show in their first
 * row in the same size is asked for early. */
const phones = [
  { widthPx: 360, pixelRatio: 2 },
  { widthPx: 430, pixelRatio: 3 },
] as const

/** What the feed leaves free at its sides, as feed-screen.tsx has it. */
const sidesPx = 8

/** On a phone's line the pictures would otherwise wait for the script that asks for them; wider screens differ too much. */
function preloadFirstRow(items: readonly FeedItem[]): string {
  const [narrow = [], wide = []] = phones.map((phone) =>
    chooseFirstRow(items, phone.widthPx - sidesPx, phone.pixelRatio),
  )
  return narrow
    .map((name, i) => {
      const item = items[i]
      if (item === undefined || name === null || wide[i] !== name) return ''
      const href = escapeText(derivativeUrl(item.delivery, name))
      return `<link rel="preload" as="image" crossorigin fetchpriority="high" media="(max-width: 479px) and (min-resolution: 2dppx)" href="${href}">`
    })
    .join('')
}

function chooseFirstRow(items: readonly FeedItem[], widthPx: number, pixelRatio: number): (DerivativeName | null)[] {
  const layout = layOutRows(
    items.map((item) => clampAspect(item.widthPx, item.heightPx)),
    planRows(widthPx, densityDefault),
  )
  return items
    .slice(0, layout.rows[0]?.end ?? 0)
    .map((item, i) => chooseDerivative(item.derivatives, layout.heights[i] ?? 0, pixelRatio))
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
