// Icons of the camera page; see ui/icon.tsx.
export const drawings = {
  exposure: 'M4.5 8h6M7.5 5v6M13.5 16.5h6M5 19 19 5',
  flip: 'M4 12a8 8 0 0 1 13.7-5.6L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 0 1-13.7 5.6L4 15.5M4 20v-4.5h4.5',
  torch: 'M13 3 5.5 13.5H11L10 21l8-11h-5.5Z',
  timer: 'M12 21a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM12 10v4l2.5 1.5M9.5 3h5',
  zoom: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20',
} as const
