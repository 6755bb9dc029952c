import { lazy, type Component } from 'solid-js'
import { withWords } from '../words/translation.ts'

/** A part of the page with a chunk of its own, drawn when its words are there too. */
export const lazyPart = <P extends object>(load: () => Promise<Component<P>>) =>
  lazy(async () => ({ default: await withWords(load()) }))
