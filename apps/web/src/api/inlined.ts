// What the Worker wrote into the page; each part is taken once, since a minute later it is old.
import { inlinedId, type Inlined } from '@shoebox/shared/inlined.ts'
import { isExpiring } from '../feed/feed-item.ts'
import type { Outputs } from './client.ts'

type InlinedFeed = Inlined<Outputs['feed']['page'], Outputs['feed']['item']>

let inlined: InlinedFeed = readInlined()

function readInlined(): InlinedFeed {
  const json = document.getElementById(inlinedId)?.textContent ?? '{}'
  return JSON.parse(json) as InlinedFeed
}

/** The feed's first page, where it came with the page. A browser that opens a tab again may bring one of yesterday. */
export function takeFirstPage(nowMs: number): InlinedFeed['page'] {
  const { page, ...rest } = inlined
  inlined = rest
  return page?.items.some((item) => isExpiring(item, nowMs)) === true ? undefined : page
}

/** A public item, where its page came with it. */
export function takeItem(id: string): InlinedFeed['item'] {
  if (inlined.item?.id !== id) return undefined
  const { item, ...rest } = inlined
  inlined = rest
  return item
}
