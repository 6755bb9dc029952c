// The icons, drawn on a 24 px grid with one stroke. Decoration only: whatever carries one also carries a name.
import type { JSX } from 'solid-js'

const paths = {
  feed: 'M4 5h7v8H4zM14 5h6v5h-6zM14 13h6v6h-6zM4 16h7v3H4z',
  you: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20a7.5 7.5 0 0 1 15 0',
  plus: 'M12 5v14M5 12h14',
  heart: 'M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20Z',
  close: 'M6 6l12 12M18 6 6 18',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  down: 'M5 9l7 7 7-7',
  up: 'M12 19V5M6 11l6-6 6 6',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5M12 8v.01',
  video: 'M4 6.5h11v11H4zM15 10.5l5-3v9l-5-3',
  audio:
    'M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-2.5-2.5A2.5 2.5 0 0 1 9 18ZM19 16a2.5 2.5 0 1 1-2.5-2.5A2.5 2.5 0 0 1 19 16Z',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 5M15.5 9.5v.01',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17v.01',
  retry: 'M19 12a7 7 0 1 1-2-5M17.5 3v4.5H13',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  light:
    'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4',
  dark: 'M20 14.5A8 8 0 1 1 9.5 4 6.5 6.5 0 0 0 20 14.5Z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  camera: 'M4 7.5h3.5L9 5h6l1.5 2.5H20v11H4zM12 16a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z',
  group:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5a6.5 6.5 0 0 1 13 0M16 4.8a3.5 3.5 0 0 1 0 6.4M18 13.6a6.5 6.5 0 0 1 3.5 5.9',
  trash: 'M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5 7.5 20h9l1-13.5M10.3 10.5v6M13.7 10.5v6',
  hide: 'M4 4l16 16M9.9 5.9A9.4 9.4 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-2.8 3.5M6 7.6A16.4 16.4 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4-.9M10 10a3 3 0 0 0 4.1 4.2',
  move: 'M4 6h6l2 2.5h8V19H4ZM10 13.5h6M13.5 11l2.5 2.5-2.5 2.5',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  filter: 'M4 6h16M7 12h10M10 18h4',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  comment: 'M4 5h16v11h-9l-4 3.5V16H4Z',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15ZM10 18.5a2 2 0 0 0 4 0',
  keyboard: 'M3 6.5h18v11H3zM7 10h.01M11 10h.01M15 10h.01M7 14h10',
} as const

export type IconName = keyof typeof paths

export const iconNames = Object.keys(paths) as IconName[]

type Look = { size?: number; filled?: boolean; class?: string }

export const Icon = (props: Look & { name: IconName }): JSX.Element => <Drawing {...props} path={paths[props.name]} />

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
