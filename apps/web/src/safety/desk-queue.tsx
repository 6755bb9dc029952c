import type { JSX } from 'solid-js'
import { deskWords } from '../words/desk-words.ts'

/** The cases that wait. */
export const DeskQueue = (): JSX.Element => <p class="text-soft">{deskWords.lead}</p>
