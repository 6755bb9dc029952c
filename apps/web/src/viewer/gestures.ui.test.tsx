import { expect, test, vi } from 'vitest'
import { createSignal, Show, type JSX } from 'solid-js'
import { makeItem } from '../../test/make-item.ts'
import { need, show } from '../../test/render.tsx'
import { Gestures } from './gestures.ts'
import { StagePicture } from './stage-picture.tsx'

/** A stage of 400 by 300 whose picture has not come: it has no size yet, unless the test gives it one. */
function open(picture = { width: 0, height: 0 }) {
  const told = { onRelease: vi.fn<(meaning: string) => void>(), onTapBeside: vi.fn(), onTap: vi.fn() }
  let gestures: Gestures | undefined
  const page = show((): JSX.Element => {
    let stage: HTMLDivElement | undefined
    gestures = new Gestures({ stage: () => stage, pictureSize: () => picture, ...told })
    return <div data-stage ref={(element) => (stage = element)} />
  })
  const stage = need(page, '[data-stage]')
  stage.setPointerCapture = () => undefined
  vi.spyOn(stage, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 400, 300))
  vi.spyOn(stage, 'clientWidth', 'get').mockReturnValue(400)
  vi.spyOn(stage, 'clientHeight', 'get').mockReturnValue(300)
  const point = (type: string, clientX: number, clientY: number, pointerId = 1, pointerType = 'touch') =>
    stage.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId, pointerType, button: 0, bubbles: true }))
  const tap = (x = 200, y = 150) => {
    point('pointerdown', x, y)
    point('pointerup', x, y)
  }
  const drag = (from: [number, number], to: [number, number]) => {
    point('pointerdown', ...from)
    point('pointermove', ...to)
    point('pointerup', ...to)
  }
  if (gestures === undefined) throw new Error('nothing was drawn')
  return { ...told, gestures, stage, point, tap, drag }
}

const fits = { width: 400, height: 300 }

test.each([
  ['to the left shows the next one', [300, 150], [200, 150], 'next'],
  ['to the right shows the one before', [100, 150], [200, 150], 'previous'],
  ['downwards closes', [200, 100], [200, 220], 'close'],
] as const)('a drag %s, also before the picture has come', (_, from, to, meaning) => {
  const { drag, onRelease } = open()
  drag([...from], [...to])
  expect(onRelease.mock.calls).toEqual([[meaning]])
})

test('a double tap doubles about where it was, another one fits again', () => {
  const { tap, gestures, onTap } = open(fits)
  tap(300, 150)
  tap(300, 150)
  expect(gestures.view()).toEqual({ scale: 2, xPx: -100, yPx: 0 })
  tap(300, 150)
  tap(300, 150)
  expect(gestures.view().scale).toBe(1)
  expect(onTap).not.toHaveBeenCalled()
})

test('one tap of a finger says so, once no second one has followed', async () => {
  const { tap, onTap, onTapBeside } = open(fits)
  tap()
  expect(onTap).not.toHaveBeenCalled()
  await expect.poll(() => onTap.mock.calls.length).toBe(1)
  expect(onTapBeside).not.toHaveBeenCalled()
})

test('two fingers zoom, and what is zoomed is moved instead of left', () => {
  const { point, drag, gestures, onRelease } = open(fits)
  point('pointerdown', 150, 150, 1)
  point('pointerdown', 250, 150, 2)
  point('pointermove', 50, 150, 1)
  point('pointermove', 350, 150, 2)
  expect(gestures.view().scale).toBeCloseTo(3, 5)
  point('pointerup', 50, 150, 1)
  point('pointerup', 350, 150, 2)
  const before = gestures.view()
  drag([300, 150], [200, 150])
  expect(gestures.view().xPx).toBe(before.xPx - 100)
  expect(onRelease).not.toHaveBeenCalled()
})

test('the wheel zooms and never beyond what fits or five times', () => {
  const { stage, gestures } = open(fits)
  const wheel = (deltaY: number) => stage.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX: 200, clientY: 150 }))
  wheel(-100)
  expect(gestures.view().scale).toBeGreaterThan(1)
  wheel(-10_000)
  expect(gestures.view().scale).toBe(5)
  wheel(10_000)
  expect(gestures.view().scale).toBe(1)
})

test('a load that nobody waits for any more is stopped, and what it brings is never shown', async () => {
  const [item, setItem] = createSignal(makeItem(1))
  const onShown = vi.fn()
  const page = show(() => (
    <Show when={item()} keyed>
      {(shown) => <StagePicture item={shown} boxRef={() => undefined} onShown={onShown} />}
    </Show>
  ))
  const former = need<HTMLImageElement>(page, 'img')
  await expect.poll(() => former.getAttribute('src')).toContain('/v/1/')
  setItem(makeItem(2))
  expect(former.hasAttribute('src')).toBe(false)
  former.dispatchEvent(new Event('load'))
  const images = [...page.querySelectorAll('img')]
  await expect.poll(() => images.map((image) => image.getAttribute('src'))).toEqual([expect.stringContaining('/v/2/')])
})
