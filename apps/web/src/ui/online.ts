import { createSignal } from 'solid-js'

const [isOnline, setOnline] = createSignal(navigator.onLine)
for (const event of ['online', 'offline']) addEventListener(event, () => setOnline(navigator.onLine))

/** Whether the browser believes it has a network. */
export { isOnline }
