import { expect, test } from 'vitest'
import { makeItem } from '../../test/make-item.ts'
import { show } from '../../test/render.tsx'
import { ViewerBar } from './viewer-bar.tsx'

const draw = (isHdr: boolean) =>
  show(() => (
    <ViewerBar
      item={makeItem(1, { kind: 'video', isHdr })}
      isDetailed={false}
      onClose={() => undefined}
      onDetails={() => undefined}
      onSlideshow={() => undefined}
      onDownload={undefined}
    />
  ))

test('a film of high dynamic range is marked, and no other', () => {
  const mark = draw(true).querySelector('abbr')
  expect([mark?.textContent, mark?.title]).toEqual(['HDR', 'High dynamic range'])
  expect(draw(false).querySelector('abbr')).toBeNull()
})
