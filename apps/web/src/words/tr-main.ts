// The words of the first screens, in Turkish. Nouns stay singular after a number, so nothing here counts forms.
import { en } from './en.ts'

const numbers = new Intl.NumberFormat('tr')
const format = (count: number): string => numbers.format(count)
const files = (count: number): string => `${format(count)} dosya`

const steps = ['bayt', 'kB', 'MB', 'GB'] as const

const size = (bytes: number): string => {
  let value = bytes
  let step = 0
  while (value >= 1024 && step < 3) {
    value /= 1024
    step += 1
  }
  return `${value.toLocaleString('tr', { maximumFractionDigits: step < 2 || value >= 10 ? 0 : 1 })} ${steps[step] ?? ''}`
}

export const trMain: typeof en = {
  product: 'Shoebox',
  skipToContent: 'İçeriğe geç',
  places: {
    label: 'Bölümler',
    feed: 'Akış',
    groups: 'Gruplar',
    you: 'Sen',
    signIn: 'Giriş yap',
    uploadLong: 'Fotoğraf ekle',
  },
  fault: {
    title: 'Bu olmadı',
    offline: 'Çevrimdışısın. Bağlantın gelince yeniden deneyeceğiz.',
    offlineFrom: (moment) => `Çevrimdışısın. Gördüklerin şu andan: ${moment}.`,
    ours: 'Bizim tarafımızda bir sorun oldu. Birazdan yeniden dene.',
    retry: 'Yeniden dene',
    waitSeconds: (seconds) => `${format(seconds)} saniye sonra yeniden dene.`,
    outdated: {
      title: 'Yeni bir sürüm var',
      text: 'Bu ekran ona ihtiyaç duyuyor. Yüklemelerin bitince kendiliğinden açılacak.',
      load: 'Şimdi aç',
    },
  },
  close: 'Kapat',
  dismiss: 'Kaldır',
  feed: {
    title: 'Akış',
    welcome: 'Herkesin fotoğrafları tek kutuda.',
    welcomeMore: 'Etrafa bir bak. Kendi fotoğraflarını eklemek ve beğenmek için ücretsiz bir hesap aç.',
    loading: 'Akış yükleniyor',
    camera: 'Kamerayı aç',
    list: 'Fotoğraflar, en yenisi önce',
    emptyTitle: 'Kutu henüz boş',
    empty: 'İlk fotoğrafı sen ekle.',
    failedTitle: 'Akış yüklenmedi',
    newItems: (count) => `${format(count)} yeni fotoğraf`,
    showNew: (count) => `${format(count)} yeni fotoğrafı göster`,
    arrived: (count) => `En üstte ${format(count)} yeni fotoğraf var`,
    photoBy: (name) => `Fotoğraf, ekleyen: ${name}`,
    videoBy: (name) => `Video, ekleyen: ${name}`,
    audioBy: (name) => `Ses, ekleyen: ${name}`,
    across: (count) => `Yan yana ${count}`,
    broken: 'Bu resim şu an yüklenmiyor.',
  },
  like: {
    like: 'Beğen',
    count: (count) => `${format(count)} beğeni`,
    failed: 'Beğenin ulaşmadı. Yeniden dene.',
    unlikeFailed: 'Beğenin geri alınamadı. Yeniden dene.',
    signIn: 'Fotoğrafları beğenmek için giriş yap.',
  },
  account: {
    signUp: 'Hesap aç',
  },
  upload: {
    preparing: 'Dosyaların hazırlanıyor…',
    noPlace: 'Hiçbir şey eklenmedi: bu gruba ekleyemiyorsun ya da grup hâlâ yükleniyor.',
    announceDone: (ready, refused, failed) =>
      [
        `${files(ready)} eklendi.`,
        refused > 0 ? `${files(refused)} reddedildi.` : '',
        failed > 0 ? `${files(failed)} ulaşmadı.` : '',
      ]
        .filter((part) => part !== '')
        .join(' '),
    announceStart: (count) => `${files(count)} gönderiliyor.`,
    limit: (limit) => `En büyük boyut ${limit}.`,
    emptyFolder: 'O klasörde eklenecek bir şey yok.',
    unreadableCount: (count) => `O klasörde ${files(count)} okunamadı.`,
  },
  notifications: { unread: (count) => `${format(count)} yeni` },
  units: {
    size,
    runningTime: en.units.runningTime,
    moment: (date) => date.toLocaleString('tr', { dateStyle: 'medium', timeStyle: 'short' }),
  },
}
