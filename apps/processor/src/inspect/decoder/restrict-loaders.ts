// Leaves libvips only the readers of the allow-list. SVG, PDF and the rest stay off even for a file that slips past the
// type check: one kilobyte of SVG can keep a renderer busy for minutes. Imported for its effect by decode-image.
import sharp from 'sharp'

sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
    'VipsForeignLoadTiff',
  ],
})
// Each picture is seen once: keeping decoded ones would only hold memory.
sharp.cache(false)
