// One readable stream out of many: a prefix per part, in its own colour where the terminal has colours.
const colors = [36, 32, 33, 35, 34, 31, 96, 92, 93, 95] as const
const colorByPart = new Map<string, number>()

export function printLine(part: string, line: string): void {
  const prefix = part.padEnd(9)
  const text = readable(line)
  if (text === '') return
  console.log(process.stdout.isTTY ? `\u001B[${colorOf(part)}m${prefix}\u001B[0m ${text}` : `${prefix} ${text}`)
}

function colorOf(part: string): number {
  const color = colorByPart.get(part) ?? colors[colorByPart.size % colors.length] ?? 37
  colorByPart.set(part, color)
  return color
}

/** The Lambdas log JSON, as their host wants it; people want the event and its fields. */
function readable(line: string): string {
  if (!line.startsWith('{')) return line.trimEnd()
  try {
    const { level, event, message, time: _time, ...fields } = JSON.parse(line) as Record<string, unknown>
    const details = Object.entries(fields).map(([name, value]) => `${name}=${asText(value)}`)
    const words = [level === 'error' ? 'ERROR' : '', asText(event ?? message ?? ''), ...details]
    return words.filter((word) => word !== '').join(' ')
  } catch {
    return line.trimEnd()
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
