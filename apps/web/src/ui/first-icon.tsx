// The icons of the first load, and how an icon is drawn: on a 24 px grid with one stroke. Decoration only: whatever
// carries one also carries a name. All the others are in icon.tsx, which must not come with the first load.
import type { JSX } from 'solid-js'

export const firstPaths = {
  feed: 'M4 5h7v8H4zM14 5h6v5h-6zM14 13h6v6h-6zM4 16h7v3H4z',
  you: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0',
  plus: 'M12 5v14M5 12h14',
  heart: 'M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20Z',
  up: 'M12 19V5M6 11l6-6 6 6',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.5 9.5v.01',
  warning: 'M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17v.01',
  retry: 'M19 12a7 7 0 1 1-2-5M17.5 3v4.5H13',
  camera: 'M4 7.5h3.5L9 5h6l1.5 2.5H20v11H4zM12 16a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z',
  group:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 13.6a6.5 6.5 0 0 1 3.5 5.9',
  video: 'M4 6.5h11v11H4zM15 10.5l5-3v9l-5-3',
  audio:
    'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-2.5-2.5A2.5 2.5 0 0 1 9 18ZM19 16a2.5 2.5 0 1 1-2.5-2.5A2.5 2.5 0 0 1 19 16Z',
} as const

export type FirstIconName = keyof typeof firstPaths

export type Look = { size?: number; filled?: boolean; class?: string }

export const FirstIcon = (props: Look & { name: FirstIconName }): JSX.Element => (
  <Drawing {...props} path={firstPaths[props.name]} />
)

/** An icon that only a screen of its own needs: it brings the path along. */
export function Drawing(props: Look & { path: string }): JSX.Element {
  return (
    <svg
      viewBox="0 0 24 24"
      width={props.size ?? 22}
      height={props.size ?? 22}
      fill={props.filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      class={props.class}
    >
      <path d={props.path} />
    </svg>
  )
}

/** The box itself, with its lid ajar. */
export function Mark(props: { size: number }): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" width={props.size} height={props.size} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M8 12.5v10a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-10M7.2 8h17.6A1.2 1.2 0 0 1 26 9.2v3.3H6V9.2A1.2 1.2 0 0 1 7.2 8ZM13 17h6"
        fill="none"
        stroke="var(--on-accent)"
        stroke-width="2"
        stroke-linejoin="round"
        stroke-linecap="round"
      />
    </svg>
  )
}
