import type { MediaId } from '@shoebox/shared/ids.ts'
import { idFromUuid } from '@shoebox/shared/ids.ts'
import type { Delivery } from '@shoebox/shared/media/derivatives.ts'

export type SignDelivery = (mediaId: MediaId, generation: string) => Promise<Delivery>

/** Somebody's avatar or a cover as a statement names it: the bare UUID of its item. */
export type PictureRow = { readonly id: string; readonly generation: string } | null

/** The signature under which a picture's derivatives are read. */
export const presentPicture = async (sign: SignDelivery, picture: PictureRow): Promise<Delivery | null> =>
  picture === null ? null : await sign(idFromUuid('media', picture.id), picture.generation)
