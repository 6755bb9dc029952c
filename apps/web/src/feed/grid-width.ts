// The width of the grid before it can be measured, from the same paddings that feed-screen.tsx and shell.tsx set. With
// it the first rows, and the page's height on the way back, stand before the first paint.

const widest = 2400

export function guessGridWidth(): number {
  const page = document.documentElement.clientWidth
  const isWide = matchMedia('(min-width: 52rem)').matches
  return Math.min(widest, page - (isWide ? 80 : 0)) - (isWide ? 40 : 8)
}
