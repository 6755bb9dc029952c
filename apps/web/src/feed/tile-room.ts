// What finds room on a tile. Photos on a phone, or many side by side, are smaller than what can be pressed on them: what
// is left out there is in the opened item, and under the key L.

/** The least height of a tile on which a button of 44 px leaves something of the photo to see. */
const buttonMinPx = 104
/** The least height of a tile that can carry a word. */
const markMinPx = 52

export const hasRoomForButton = (tileHeightPx: number): boolean => tileHeightPx >= buttonMinPx
export const hasRoomForMark = (tileHeightPx: number): boolean => tileHeightPx >= markMinPx

/** A small tile would be a pill with the radius of a large one. */
export const roundTile = (tileHeightPx: number): string =>
  hasRoomForButton(tileHeightPx) ? 'rounded-box' : hasRoomForMark(tileHeightPx) ? 'rounded-[6px]' : 'rounded-[3px]'
