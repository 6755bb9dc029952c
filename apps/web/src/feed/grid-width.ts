// The width of the grid before it can be measured, from the same paddings that feed-screen.tsx and shell.tsx set. With
// it the first rows, and the page's height on the way back, stand before the first paint.

export function guessGridWidth(): number {
  const page = document.documentElement.clientWidth
  const isWide = matchMedia('(min-width: 52rem)').matches
  return page - (isWide ? 80 + 40 : 8)
}
