/** One JSON line per event worth finding again. Ids and codes only, never addresses or names. */
export function logEvent(event: string, fields: Readonly<Record<string, string | number>>): void {
  // oxlint-disable-next-line no-console -- the Worker's log
  console.log(JSON.stringify({ level: 'info', event, ...fields }))
}
