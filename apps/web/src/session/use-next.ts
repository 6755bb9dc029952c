import { useSearchParams } from '@solidjs/router'
import type { Accessor } from 'solid-js'
import { findNextPlace } from './next-place.ts'

/** Where the address says to go once signed in. */
export function useNext(): Accessor<string> {
  const [search] = useSearchParams()
  return () => findNextPlace(search['next'])
}
