/** Thrown by the store when the object under inspection is gone or is another one by now. */
export class SourceChanged extends Error {
  override name = 'SourceChanged'
}
