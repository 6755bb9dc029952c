// The words of the opened item, in Turkish.
import { enViewer } from './en-viewer.ts'

const numbers = new Intl.NumberFormat('tr')
const languages = new Intl.DisplayNames('tr', { type: 'language', fallback: 'code' })
const countries = new Intl.DisplayNames('tr', { type: 'region', fallback: 'code' })
const short = (value: number, digits: number): string => value.toLocaleString('tr', { maximumFractionDigits: digits })

const shutter = (seconds: number): string =>
  seconds < 0.3 ? `1/${numbers.format(Math.round(1 / seconds))} sn` : `${short(seconds, 1)} sn`

const focalLength = (mm: number, on35Mm: number | undefined): string =>
  on35Mm === undefined || Math.round(on35Mm) === Math.round(mm)
    ? `${short(mm, 1)} mm`
    : `${short(mm, 1)} mm (35 mm filmde ${Math.round(on35Mm)} mm)`

export const trViewer: typeof enViewer = {
  label: (name) => `${name}, açık`,
  previous: 'Önceki',
  next: 'Sonraki',
  details: 'Ayrıntılar',
  download: 'İndir',
  loading: 'Yükleniyor',
  back: 'Fotoğraflara dön',
  failed: 'Bu resim yüklenmedi.',
  gone: 'Bu fotoğraf burada değil ya da artık burada değil.',
  hdr: 'HDR',
  held: 'İnceleme bekliyor',
  heldLong: 'Bir moderatör bakana kadar yalnızca sen görürsün.',
  hdrLong: 'Yüksek dinamik aralık',
  caption: 'Alt yazı',
  altText: 'Betimleme',
  altTextHint: 'Göremeyenler için.',
  tooLong: (max) => `En çok ${numbers.format(max)} karakter kullan.`,
  addDescription: 'Alt yazı ekle',
  edit: 'Düzenle',
  editDescription: 'Alt yazıyı ve betimlemeyi düzenle',
  save: 'Kaydet',
  cancel: 'Vazgeç',
  useAsCover: 'Grubun kapağı yap',
  coverSet: 'Kapak artık bu.',
  comments: {
    title: 'Yorumlar',
    count: (count) => `Yorumlar, ${numbers.format(count)}`,
    none: 'Henüz kimse bir şey demedi.',
    failed: 'Yorumlar yüklenmedi.',
    write: 'Yorum yaz',
    add: 'Gönder',
    more: 'Önceki yorumları göster',
    left: (count) =>
      count < 0 ? `${numbers.format(-count)} karakter fazla` : `${numbers.format(count)} karakter kaldı`,
    removeOne: (name) => `Yorumu kaldır, yazan: ${name}`,
    removed: 'Yorum kaldırıldı.',
  },
  player: {
    play: 'Oynat',
    pause: 'Duraklat',
    mute: 'Sesi kapat',
    position: 'Konum',
    at: (time, length) => `${length} içinde ${time}`,
    failed: 'Oynatılamadı. Bağlantını denetle ve yeniden dene.',
    unknown: (format) => `Tarayıcın ${format} oynatamıyor.`,
    soundOnly: (format) => `Tarayıcın ${format} dosyasının yalnızca sesini çalabiliyor.`,
    elsewhere: 'Güvenle saklanıyor. Başka bir tarayıcı ya da oynatıcı açabilir.',
    openFile: 'Dosyayı aç',
    notPlayable: { video: 'Bu video burada oynatılamıyor.', audio: 'Bu ses dosyası burada çalınamıyor.' },
    kept: 'Güvenle saklanıyor. Başka bir programda açmak için indir.',
    onlyOwner: (name) => `Paylaşılması güvenli bir kopyası yapılamadı. Yalnızca ekleyen indirebilir: ${name}.`,
  },
  slideshow: {
    title: 'Slayt gösterisi',
    started: (seconds) => `Slayt gösterisi, her biri ${seconds} saniye. Boşluk duraklatır, Escape bitirir.`,
    pause: 'Duraklat',
    resume: 'Sürdür',
    paused: 'Slayt gösterisi duraklatıldı.',
    resumed: 'Slayt gösterisi sürüyor.',
    seconds: 'Her fotoğraf için saniye',
    each: (seconds) => `${seconds} sn`,
    fullScreen: 'Tam ekran',
    stop: 'Slayt gösterisini bitir',
    end: 'Bu sonuncusuydu.',
  },
  captions: {
    title: 'Altyazı',
    off: 'Kapalı',
    name: ({ language, label }, number) =>
      label ?? (language === null ? `Altyazı ${number}` : (languages.of(language) ?? language)),
  },
  facts: {
    fileName: 'Dosya',
    by: 'Ekleyen',
    added: 'Eklendi',
    taken: 'Çekildi',
    camera: 'Kamera',
    lens: 'Objektif',
    exposure: 'Pozlama',
    place: 'Yakın yer',
    onlyYou: 'Bunu yalnızca sen görürsün.',
    kind: 'Tür',
    size: 'Boyut',
    dimensions: 'Ölçüler',
    duration: 'Süre',
    codec: 'Biçim',
    artist: 'Sanatçı',
    title: 'Ad',
    album: 'Albüm',
    year: 'Yıl',
    failed: 'Gerisi yüklenmedi.',
    firstFrame: 'Yalnızca ilk kare gösteriliyor: animasyon oynatabileceğimizden büyük.',
  },
  takenSource: {
    exif: 'Kameranın saatine göre',
    xmp: 'Bir düzenleme programının notuna göre',
    container: 'Kaydedicinin saatine göre',
  },
  noOffset: 'saat dilimi kaydedilmemiş',
  offset: enViewer.offset,
  exposure: ({ shutterSeconds, fNumber, iso, focalLengthMm, focalLength35Mm }) =>
    [
      shutterSeconds === undefined ? '' : shutter(shutterSeconds),
      fNumber === undefined ? '' : `f/${short(fNumber, 1)}`,
      iso === undefined ? '' : `ISO ${numbers.format(iso)}`,
      focalLengthMm === undefined ? '' : focalLength(focalLengthMm, focalLength35Mm),
    ]
      .filter((part) => part !== '')
      .join(' · '),
  place: ({ country, city }) => [city, countries.of(country) ?? country].filter((part) => part !== null).join(', '),
  codec: enViewer.codec,
  frameRate: (rate) => `saniyede ${short(rate, 2)} kare`,
  pixels: (width, height) => `${numbers.format(width)} × ${numbers.format(height)}`,
  clock: enViewer.clock,
}
