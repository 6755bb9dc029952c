// What the desk of moderators and administrators says, in Turkish. Names stand alone after a colon.
import type { BreakGlassReason, CaseState, Decision, SubjectKind } from '@shoebox/shared/safety/reasons.ts'
import type { enDesk } from './en-desk.ts'

const numbers = new Intl.NumberFormat('tr')
const format = (count: number): string => numbers.format(count)
const cases = (count: number): string => `${format(count)} vaka`
const items = (count: number): string => `${format(count)} öğe`

const kinds: Record<SubjectKind, string> = { item: 'Öğe', comment: 'Yorum', person: 'Kişi' }
const kindsOf: Record<SubjectKind, (name: string) => string> = {
  item: (name) => `Öğe, ekleyen: ${name}`,
  comment: (name) => `Yorum, yazan: ${name}`,
  person: (name) => name,
}
const states: Record<CaseState, string> = {
  open: 'Bekliyor',
  quarantined: 'Kenarda',
  dismissed: 'Kapatıldı',
  restored: 'Yerine kondu',
  removed: 'Kaldırıldı',
  warned: 'Uyarıldı',
  banned: 'Yasaklandı',
}
const decisions: Record<Decision, string> = {
  dismiss: 'Vakayı kapat',
  quarantine: 'Kenara al',
  restore: 'Yerine koy',
  remove: 'Kaldır',
}
const done: Record<Decision, (count: number) => string> = {
  dismiss: (count) => `${cases(count)} kapatıldı.`,
  quarantine: (count) => `${items(count)} kenara alındı: kimse göremez.`,
  restore: (count) => `${items(count)} yerine kondu.`,
  remove: (count) =>
    `${count === 1 ? 'Kaldırıldı' : `${format(count)} tanesi kaldırıldı`}. Birkaç dakikada her yerden gider.`,
}
const glassReasons: Record<BreakGlassReason, string> = {
  danger_to_life: 'Biri tehlikede olabilir',
  legal_order: 'Bir mahkemenin ya da makamın emri',
  owner_asked: 'Sahibi yardım istedi',
  technical_fault: 'Başka türlü bulunamayan bir arıza',
}

export const trDesk: typeof enDesk = {
  title: 'Masa',
  loading: 'Masa açılıyor…',
  failedTitle: 'Masa açılmadı',
  stepUpTitle: 'Önce bir kod gir',
  tabsLabel: 'Masanın bölümleri',
  tabs: {
    reports: 'Bildirilenler',
    held: 'Bekletilenler',
    people: 'Kişiler',
    appeals: 'İtirazlar',
    audit: 'Kayıtlar',
    system: 'Sistem',
  },

  states,
  decisions,
  done,
  alreadyDecided: (count) =>
    count === 1
      ? 'Buna başka biri çoktan karar verdi.'
      : `Bunların ${format(count)} tanesine başka biri çoktan karar verdi.`,
  notPossible: (count) =>
    count === 1 ? 'Bu vaka için bu yapılamaz.' : `Bunların ${format(count)} tanesi için bu yapılamadı.`,
  gone: 'Bu vakaya karar vermek sana düşmüyor.',
  queueLabel: 'Vakalar',
  waiting: 'Bekleyenler',
  decided: 'Karar verilenler',
  kindLabel: 'Ne hakkında',
  kinds: { ...kinds, all: 'Her şey' },
  placeLabel: 'Nerede',
  places: { all: 'Her yerde', feed: 'Herkese açık', groups: 'Gruplarda' },
  kindsOf,
  somebody: 'biri',
  inPublic: 'herkese açık',
  inGroup: (name) => (name === null ? 'bir grupta' : `grup: ${name}`),
  reports: (count) => `${format(count)} bildirim`,
  reportedAgo: (reportCount, ago) => (reportCount === 1 ? ago : `ilki ${ago}`),
  decidedBy: (name, ago) => (name === null ? ago : `${name}, ${ago}`),
  choose: (what) => `Seç: ${what}`,
  chosen: (count) => `${cases(count)} seçili`,
  clear: 'Seçimi kaldır',
  emptyTitle: 'Bekleyen bir şey yok',
  empty: 'Bildirilen ne varsa burada görünür.',
  emptyDecidedTitle: 'Karar verilen bir şey yok',
  emptyDecided: 'Karar verilenler burada kalır.',
  nothingSoTitle: 'Böyle bir şey yok',
  nothingSo: 'Seçtiğin filtrelere uyan bir vaka yok.',
  listFailedTitle: 'Vakalar yüklenmedi',
  pick: 'Neyin bildirildiğini görmek için bir vaka seç.',
  back: 'Bütün vakalar',

  caseFailedTitle: 'Bu vaka yüklenmedi',
  copying: 'Kopyalanıyor. Görünen, iki dakika içinde burada olur.',
  noEvidence: 'Ondan görülecek bir şey yok.',
  forgotten: 'Kararın üzerinden bir yıl geçti: nasıl göründüğü unutuldu.',
  evidenceOf: (what) => `Bildirildiği haliyle: ${what}`,
  altText: 'Betimleme',
  isOwn: 'Bu seninle ilgili: başka biri karar verir.',
  accountGone: 'hesap silinmiş',
  toPage: 'Herkese açık sayfası',
  toPerson: (name) => `Hakkındaki her şey: ${name}`,
  reportsTitle: 'Bildirimler',
  historyTitle: (name) => `Daha önce: ${name}`,
  noHistory: 'Daha önce hiçbir şey bildirilmedi, hiçbir karar verilmedi.',
  sameSubject: 'aynısı',
  warned: 'Uyarıldı',
  banned: 'Yasaklandı',
  bannedUntil: (day) => `bitiş: ${day}`,
  lifted: 'kaldırıldı',
  noteLabel: 'Öbür moderatörlere not',
  noteHint: 'İstersen. İlgili kişi görmez.',
  removeTitle: (count) =>
    count === 1 ? 'Bu temelli kaldırılsın mı?' : `${format(count)} tanesi temelli kaldırılsın mı?`,
  removeWhat:
    'Birkaç dakikada her yerden silinir ve geri getirilemez. Sahibine ve bildirenlere haber verilir. Kanıt burada bir yıl kalır.',

  glass: {
    open: 'Bildirim olmadan bak…',
    title: 'Bir öğeye bildirim olmadan bak',
    lead: 'Yalnızca acil durumda. Kimin neye ve neden baktığı kayıtlarda sonsuza kadar durur.',
    item: 'Öğenin adresi ya da kimliği',
    itemHint: 'med_ ile başlar',
    notAnItem: 'Bunda bir öğenin kimliği yok.',
    why: 'Neden?',
    reasons: glassReasons,
    look: 'Kaydet ve bak',
    shown: 'Burada gösterilen beş dakika görülebilir.',
  },

  shortcuts: {
    label: 'Tuşlar',
    next: 'Sonraki vaka',
    previous: 'Önceki vaka',
    open: 'Aç',
    select: 'Seç',
    dismiss: 'Vakayı kapat',
    quarantine: 'Kenara al',
    restore: 'Yerine koy',
    remove: 'Kaldır',
    close: 'Bütün vakalara dön',
  },
}
