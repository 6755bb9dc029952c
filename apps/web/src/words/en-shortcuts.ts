// The words of the sheet of keys, in English.

export const enShortcuts = {
  title: 'Keyboard shortcuts',
  /** On a key: not every font has the signs. */
  arrows: 'Arrows',
  move: 'Move between photos',
  open: 'Open',
  like: 'Like',
  density: 'Larger or smaller photos',
  close: 'Close',
  sheet: 'This sheet',
  details: 'Details, in the viewer',
  zoom: 'Zoom, in the viewer',
  download: 'Download, in the viewer',
  play: 'Play or pause',
  mute: 'Mute',
  captions: 'Captions of a video',
  slideshow: 'Slideshow, in the viewer',
}
