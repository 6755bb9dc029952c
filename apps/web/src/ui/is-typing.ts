/** A key that is meant for a field, a dialog or somebody who took it already, not for the screen. */
export const isTyping = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.altKey ||
  document.querySelector('dialog[open]') !== null ||
  (event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [contenteditable]') !== null)
