// Names files that are of no allowed kind and that file-type does not know, so that the refusal says what they are and
// not that nobody can tell: pictures, films and sounds of other programs. Each by its first bytes.

const scannedBytes = 64

const kinds: readonly (readonly [mime: string, pattern: RegExp])[] = [
  ['image/x-olympus-orf', /^(?:IIR[OS]|MMOR)/],
  ['image/x-minolta-mrw', /^\0MRM/],
  ['image/x-sigma-x3f', /^FOVb/],
  ['image/x-exr', /^v\/1\x01/],
  ['image/vnd.radiance', /^#\?(?:RADIANCE|RGBE)/],
  ['image/qoi', /^qoif/],
  ['image/vnd-ms.dds', /^DDS \x7c\0/],
  ['image/x-portable-anymap', /^P[1-7]\s+[#\dW]/],
  ['image/x-portable-floatmap', /^P[Ff]\n\d/],
  ['image/x-pcx', /^\x0a[\0-\x05]\x01[\x01\x02\x04\x08]/],
  ['image/x-sgi', /^\x01\xda[\0\x01][\x01\x02]/],
  ['image/x-sun-raster', /^\x59\xa6\x6a\x95/],
  ['image/x-dpx', /^(?:SDPX|XPDS)/],
  ['image/fits', /^SIMPLE {2}=/],
  ['image/vnd.djvu', /^AT&TFORM/],
  ['image/wmf', /^\xd7\xcd\xc6\x9a/],
  ['image/emf', /^\x01\0\0\0[^]{36} EMF/],
  ['image/x-gimp-gbr', /^\0\0[^]{18}GIMP/],
  ['image/x-gimp-pat', /^\0\0[^]{18}GPAT/],
  ['audio/basic', /^\.snd\0/],
  ['audio/x-tta', /^TTA[12]/],
  ['audio/x-w64', /^riff\x2e\x91\xcf\x11/],
  ['video/x-ivf', /^DKIF\0\0/],
  ['video/x-yuv4mpeg', /^YUV4MPEG2 /],
  ['video/x-nut', /^nut\/multimedia/],
  ['video/x-dv', /^\x1f\x07\0[\x3f\xbf]/],
  ['video/h264', /^\0{2,3}\x01(?:[\x27\x47\x67]|\x09[^]\0{2,3}\x01[\x27\x47\x67])/],
  ['video/h265', /^\0{2,3}\x01[\x40\x42]\x01/],
]

/** Null for what is none of them. */
export function nameOther(head: Uint8Array): string | null {
  const beginning = Buffer.from(head.subarray(0, scannedBytes)).toString('latin1')
  return kinds.find(([, pattern]) => pattern.test(beginning))?.[0] ?? null
}
