// What several screens say, and none that is drawn first, in Turkish.
import type { enScreens } from './en-screens.ts'
import { trMain } from './tr-main.ts'

export const trScreens: typeof enScreens = {
  theme: { label: 'Tema', light: 'Açık', dark: 'Koyu', system: 'Sistem' },
  kinds: { image: 'Fotoğraf', video: 'Video', audio: 'Ses' },
  account: {
    signIn: 'Giriş yap',
    youTitle: 'Sen',
    working: 'Bir saniye…',
    show: 'Parolayı göster',
    hide: 'Parolayı gizle',
  },
  notHere: { title: 'Burada bir şey yok', text: 'Bu adreste bir şey yok.', toFeed: 'Akışa git' },
  viewer: { loading: 'Yükleniyor' },
  notifications: { title: 'Bildirimler' },
  history: { title: 'Yüklemelerim', lead: 'Ne eklediğin ve ona ne olduğu.' },
  feed: {
    density: 'Yan yana fotoğraf',
    more: 'Daha fazla göster',
    moreFailed: 'Sonraki fotoğraflar yüklenmedi.',
    end: 'Hepsi bu kadar.',
    toTop: 'Başa dön',
    refreshing: 'Yeni fotoğraflara bakılıyor',
  },
  place: (name, position, total) =>
    total < 0
      ? `${name}, ${position}`
      : `${name}, ${total.toLocaleString('tr')} öğenin ${position.toLocaleString('tr')}.`,
  units: {
    exactSize: (bytes) => `${bytes.toLocaleString('tr')} bayt`,
    speed: (bytesPerSecond) => `${trMain.units.size(bytesPerSecond)}/sn`,
    timeLeft: (seconds) =>
      seconds < 60
        ? `${Math.max(1, Math.round(seconds))} sn`
        : seconds < 3600
          ? `${Math.round(seconds / 60)} dk`
          : `${Math.round(seconds / 3600)} sa`,
    ago: (seconds) => {
      if (seconds < 60) return 'az önce'
      const relative = new Intl.RelativeTimeFormat('tr', { numeric: 'auto' })
      if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute')
      if (seconds < 86_400) return relative.format(-Math.floor(seconds / 3600), 'hour')
      return relative.format(-Math.floor(seconds / 86_400), 'day')
    },
    wallClock: (local) =>
      new Date(`${local}Z`).toLocaleString('tr', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
  },
}
