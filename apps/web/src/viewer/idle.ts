import { createEffect, createSignal, onCleanup, type Accessor } from 'solid-js'

const idleAfterMs = 3000
const stirs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const

/** Whether nobody has touched anything for a while; false while it is not asked for. */
export function watchIdle(isAskedFor: Accessor<boolean>): Accessor<boolean> {
  const [isIdle, setIdle] = createSignal(false)
  createEffect(() => {
    setIdle(false)
    if (!isAskedFor()) return
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    const stir = () => {
      setIdle(false)
      clearTimeout(timer)
      timer = setTimeout(() => setIdle(true), idleAfterMs)
    }
    for (const name of stirs) document.addEventListener(name, stir, { signal: stop.signal, capture: true })
    stir()
    onCleanup(() => {
      stop.abort()
      clearTimeout(timer)
    })
  })
  return isIdle
}
