import type { JSX } from 'solid-js'
import { ShortcutSheet } from '../ui/shortcut-sheet.tsx'
import { galleryWords } from '../words/gallery-words.ts'
import { groupWords } from '../words/group-words.ts'
import { words } from '../words/words.ts'

const { shortcuts: names } = galleryWords

const rows = [
  { keys: ['←', '↑', '↓', '→'], text: words.shortcuts.move },
  { keys: ['Enter'], text: words.shortcuts.open },
  { keys: ['X'], text: names.select },
  { keys: ['Shift', 'X'], text: names.selectMore },
  { keys: ['Ctrl', 'A'], text: names.selectAll },
  { keys: ['L'], text: words.shortcuts.like },
  { keys: ['+', '−'], text: words.shortcuts.density },
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
  <ShortcutSheet rows={rows} onClose={props.onClose} />
)
