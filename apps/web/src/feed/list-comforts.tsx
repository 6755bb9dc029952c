import { Show, type JSX } from 'solid-js'
import { BackToTop } from './back-to-top.tsx'
import { mayPull, PullRefresh } from './pull-refresh.tsx'

/** What a long list offers besides itself. Fetched after the first look. */
export const ListComforts = (props: { onRefresh: () => Promise<unknown> }): JSX.Element => (
  <>
    <BackToTop />
    <Show when={mayPull()}>
      <PullRefresh onRefresh={() => props.onRefresh()} />
    </Show>
  </>
)

export { DensityControl } from './density-control.tsx'
export { FeedFoot } from './feed-foot.tsx'
