import type { JSX } from 'solid-js'
import { ShortcutSheet, type ShortcutRow } from '../ui/shortcut-sheet.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { groupWords } from '../words/group-words.ts'
import { shortcutWords } from '../words/shortcut-words.ts'

const { shortcuts: names } = galleryWords

const rows = (): readonly ShortcutRow[] => [
  { keys: [shortcutWords.arrows], text: shortcutWords.move },
  { keys: ['Enter'], text: shortcutWords.open },
  { keys: ['X'], text: names.select },
  { keys: ['Shift', 'X'], text: names.selectMore },
  { keys: ['Ctrl', 'A'], text: names.selectAll },
  { keys: ['S'], text: names.play },
  { keys: ['L'], text: shortcutWords.like },
  { keys: ['+', '−'], text: shortcutWords.density },
  { keys: ['Del'], text: names.trash },
  { keys: ['Ctrl', 'Z'], text: galleryWords.undo },
  { keys: ['Shift', 'D'], text: names.download },
  { keys: ['M'], text: names.section },
  { keys: ['D'], text: names.day },
  { keys: ['Y'], text: names.year },
  { keys: ['G'], text: names.date },
  { keys: ['/'], text: groupWords.filters },
  { keys: ['T'], text: names.comments },
  { keys: ['Esc'], text: names.clear },
]

export const GalleryShortcuts = (props: { onClose: () => void }): JSX.Element => (
  <ShortcutSheet rows={rows()} onClose={props.onClose} />
)
