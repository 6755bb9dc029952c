// What reviews before publication say, on the desk and to whoever waits for one, in Turkish.
import type { HeldReason } from '@shoebox/shared/safety/review-tiers.ts'
import type { enReview } from './en-review.ts'

const numbers = new Intl.NumberFormat('tr')
const format = (count: number): string => numbers.format(count)
const items = (count: number): string => `${format(count)} öğe`
const day = (moment: string): string => new Date(moment).toLocaleDateString('tr', { dateStyle: 'medium' })

const reasons: Record<HeldReason, string> = { first_posts: 'Yeni hesap', alike: 'Kaldırılan bir şeye benziyor' }

export const trReview: typeof enReview = {
  failedTitle: 'Bekleyenler yüklenmedi',
  emptyTitle: 'İnceleme bekleyen bir şey yok',
  empty: 'Yeni hesapların ilk ekledikleri ve kaldırılan bir şeye benzeyenler burada görünür.',
  heldTitle: 'İnceleme bekleyenler',
  heldLead: 'Bunları henüz sahibinden başka kimse görmüyor.',
  item: (name) => `Öğe, ekleyen: ${name}`,
  avatarOf: (name) => `Profil resmi: ${name}`,
  coverOf: (name) => `Kapak, ekleyen: ${name}`,
  reasons,
  alikeTo: (moment) => `Kaldırılan bir şeye benziyor (${day(moment)})`,
  inPublic: 'Herkes için',
  inGroup: (name) => `Grup: ${name}`,
  accountSince: (moment) => `hesap açılışı: ${day(moment)}`,
  added: (ago) => `${ago} eklendi`,
  altText: 'Betimleme',
  isOwn: 'Bu senin: başka biri karar verir.',
  noPicture: 'Bunun bir resmi yok.',
  choose: (what) => `Seç: ${what}`,
  chosen: (count) => `${items(count)} seçili`,
  chooseAll: 'Hepsini seç',
  clear: 'Seçimi kaldır',
  approve: 'Onayla',
  refuse: 'Geri çevir…',
  approved: (count) => `${items(count)} onaylandı. Sahiplerine haber verilir.`,
  refused: (count) => `${items(count)} geri çevrildi ve silindi. Sahiplerine haber verilir.`,
  decidedBefore: 'Başka biri çoktan karar verdi.',
  refuseTitle: (count) => (count === 1 ? 'Bu geri çevrilsin mi?' : `Bu ${items(count)} geri çevrilsin mi?`),
  refuseWhat: 'Silinir ve geri getirilemez. Sahibine haber verilir.',
  keepOut: 'Geri gelmesin',
  keepOutMeans: 'Aynı dosya artık reddedilir, ona benzeyen de gruplarda bile inceleme bekler.',
  refuseNow: 'Geri çevir ve sil',

  tiersTitle: 'Kimin ekledikleri bekler',
  noTiers: 'Hiçbir şey beklemez: herkese açık eklenen hemen görünür.',
  tier: (days, posts) =>
    days === null
      ? `Her yaştan hesap: ${items(posts)} herkese açık olana kadar.`
      : `${format(days)} günden yeni hesaplar: ${items(posts)} herkese açık olana kadar.`,
  tiersHint: 'Bundan sonra eklenenler için geçerlidir. Moderatörlerin ekledikleri hiç beklemez.',
  edit: 'Değiştir',
  tiersFailed: 'Kimin eklediklerinin beklediği yüklenmedi',
  daysLabel: 'Hesap kaç günden yeni',
  daysHint: 'Boş: her yaştan hesap',
  postsLabel: 'Kaç öğesi herkese açık olana kadar',
  tierLabel: (nth) => `${format(nth)}. kural`,
  addTier: 'Kural ekle',
  removeTier: (nth) => `${format(nth)}. kuralı kaldır`,
  badDays: (most) => `1 ile ${format(most)} arasında bir tam sayı ya da boş.`,
  badPosts: (most) => `1 ile ${format(most)} arasında bir tam sayı.`,
  sameDays: 'İki kuralın yaşı aynı.',
  save: 'Kaydet',
  cancel: 'Vazgeç',
  saved: 'Kaydedildi. Bundan sonra eklenenler için geçerlidir.',

  knownTitle: 'Engellenenler',
  knownLead: 'Kaldırıldı ve geri gelmeyecek: aynı dosyalar reddedilir, onlara benzeyen inceleme bekler.',
  knownEmpty: 'Henüz engellenen bir şey yok.',
  knownFailed: 'Engellenenler yüklenmedi',
  kinds: { image: 'Fotoğraf', video: 'Video', audio: 'Ses' },
  byLooks: 'dosyasından ve görünüşünden tanınır',
  byFile: 'yalnızca dosyasından tanınır',
  keptBy: (name, moment) => (name === null ? day(moment) : `engelleyen: ${name}, ${day(moment)}`),
  lift: 'Geri gelebilsin',
  lifted: 'Yeniden eklenebilir.',

  ownTitle: (count) => `İnceleme bekleyen: ${format(count)}`,
  ownLead: 'Bir moderatör bakana kadar bunları yalnızca sen görürsün. Sonra sana haber verilir.',
  openOwn: (nth) => `İnceleme bekleyen ${format(nth)}. öğeyi aç`,
}
