// The words of groups' galleries, in Turkish.
import type { enGallery } from './en-gallery.ts'

const numbers = new Intl.NumberFormat('tr')
const items = (count: number): string => `${numbers.format(count)} öğe`
const month = new Intl.DateTimeFormat('tr', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const shortMonth = new Intl.DateTimeFormat('tr', { month: 'short', year: 'numeric', timeZone: 'UTC' })
const named: Record<string, string> = { today: 'Bugün', week: 'Bu hafta', month: 'Bu ay', year: 'Bu yıl' }
const monthOf = (section: string): Date => new Date(`${section}-01T00:00:00Z`)

export const trGallery: typeof enGallery = {
  list: 'Fotoğraflar, en yenisi önce',
  section: (section) => named[section] ?? month.format(monthOf(section)),
  mark: (section) => named[section] ?? shortMonth.format(monthOf(section)),
  count: items,
  choose: (name) => `Seç: ${name}`,
  chooseSection: (name) => `Hepsini seç: ${name}`,
  chosen: (count, total) =>
    total == null ? `${numbers.format(count)} seçili` : `${numbers.format(count)} / ${numbers.format(total)} seçili`,
  clear: 'Seçimi kaldır',
  chooseAll: 'Hepsini seç',
  chooseRest: 'Kalanı seç',
  notAllChosen: (count, why) => `Yalnızca ${items(count)} seçilebildi. ${why}`,
  working: (count, total) => `${numbers.format(count)} / ${numbers.format(total)} tamam`,
  stop: 'Durdur',
  leftOver: (count, why) => `${items(count)} olduğu gibi kaldı. ${why}`,
  trash: 'Çöpe taşı',
  hide: 'Benden gizle',
  move: 'Taşı',
  download: 'İndir',
  play: 'Slayt gösterisi',
  trashed: (count) => `${items(count)} çöpe taşındı.`,
  hidden: (count) => `${items(count)} senden gizlendi.`,
  moved: (count, to) => `${items(count)} taşındı. Yeni yeri: ${to}.`,
  notYours: (count) => `${items(count)} değiştirilemedi: bunu yalnızca sahibi ya da bir yönetici yapabilir.`,
  undo: 'Geri al',
  notSaved: (count) => `${items(count)} indirilemedi.`,
  moveTitle: (count) => `${items(count)} taşı`,
  moveWhat: (count, total) =>
    count === total
      ? 'Yalnızca kendi eklediklerin taşınabilir.'
      : `Seçili ${numbers.format(total)} öğeden ${numbers.format(count)} tanesi: yalnızca kendi eklediklerin taşınabilir.`,
  movePublic: 'Hesabı olmayanlar da herkes görebilir.',
  moveNone: 'Yalnızca kendi eklediklerin taşınabilir, seçilenlerin hiçbiri senin değil.',
  moveWords: 'Alt yazılar ve açıklamalar da gitsin',
  moveWordsLost: 'Gitmezlerse silinirler; taşımayı geri almak onları geri getirmez.',
  goTo: 'Git',
  goToTitle: 'Bir aya git',
  month: 'Ay',
  shortcuts: {
    select: 'Seç',
    selectMore: 'Buraya kadar seç',
    selectAll: 'Hepsini seç',
    play: 'Seçilenlerin slayt gösterisi',
    trash: 'Çöpe taşı',
    download: 'İndir',
    section: 'Sonraki bölüm (Shift ile önceki)',
    day: 'Sonraki gün',
    year: 'Sonraki yıl',
    date: 'Bir aya git',
    comments: 'Yorumlar (açık öğede)',
    clear: 'Seçimi kaldır, kapat',
  },
  restored: (count) => `${items(count)} yerine kondu.`,
  notRestored: (count, why) => `${items(count)} yerine konamadı. ${why}`,
}
