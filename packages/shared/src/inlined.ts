// Data that the Worker writes into a page for the client that it brings along.

/** The id of the element that holds it, as JSON. */
export const inlinedId = 'inlined'

export type Inlined<Page, Item> = {
  /** The feed's first page. */
  readonly page?: Page
  /** The public item whose page it is. */
  readonly item?: Item
}
