import { createContext, useContext } from 'solid-js'
import { useShoebox } from '../compose.ts'
import type { Shelf } from './shelf.ts'

export const ShelfContext = createContext<Shelf>()

/** The shelf around the caller; without one, the public feed. */
export const useShelf = (): Shelf => useContext(ShelfContext) ?? useShoebox().feed
