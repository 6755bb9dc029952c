import { encode } from 'uqr'
import { createMemo, type JSX } from 'solid-js'

/** A QR code, always dark on white: many readers do not know it the other way round. */
export function QrCode(props: { text: string; label: string }): JSX.Element {
  const code = createMemo(() => encode(props.text, { border: 2 }))
  const path = () =>
    code()
      .data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
      .join('')
  return (
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${code().size} ${code().size}`}
      class="w-60 max-w-full rounded-box bg-white text-black"
      shape-rendering="crispEdges"
    >
      <path d={path()} fill="currentColor" />
    </svg>
  )
}
