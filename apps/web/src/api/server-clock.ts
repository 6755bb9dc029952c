// What time it is where signatures are made and end: a device's own clock may be off by days.
let aheadMs = 0

/** Learns from the `date` of an answer that has just come. */
export function learnTime(date: string | null): void {
  if (date !== null) aheadMs = Date.now() - Date.parse(date)
}

/** Milliseconds since 1970. What the device believes, until the API has answered once. */
export const serverNow = (): number => Date.now() - aheadMs
