// How the system is, in Turkish: the page for everybody, and the desk's tab for administrators.
import type { enHealth } from './en-health.ts'

const numbers = new Intl.NumberFormat('tr')
const decimal = (value: number, digits: number): string =>
  value.toLocaleString('tr', { minimumFractionDigits: digits, maximumFractionDigits: digits })

const span = (seconds: number): string =>
  seconds < 120
    ? `${Math.round(seconds)} sn`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} dk`
      : seconds < 172_800
        ? `${Math.round(seconds / 3600)} sa`
        : `${Math.round(seconds / 86_400)} gün`

export const trHealth: typeof enHealth = {
  title: 'Durum',
  loading: 'Bakılıyor…',
  headline: {
    up: 'Her şey çalışıyor',
    slow: 'Shoebox çalışıyor, bir kısmı yavaş',
    down: 'Shoebox’un bir kısmı çalışmıyor',
    unknown: 'Son zamanlarda her şeye bakılmadı',
  },
  means: {
    up: 'Gönderdiğin ulaşıyor, açtığın yerinde.',
    slow: 'Gönderdiğin güvende; görünmesi her zamankinden uzun sürüyor.',
    down: 'Gönderdiklerin güvende. Hemen haberimiz oluyor ve üzerinde çalışıyoruz.',
    unknown: 'Bu tek başına bir arıza değil. Senin fark ettiğin daha iyi bir belirtidir.',
  },
  partsLabel: 'Shoebox’un bölümleri',
  site: 'Web sitesi',
  parts: { pictures: 'Fotoğraflar', films: 'Videolar', sounds: 'Sesler', mail: 'Posta', upkeep: 'Bakım' },
  states: { up: 'çalışıyor', slow: 'yavaş', down: 'çalışmıyor', unknown: 'bilinmiyor' },
  canary: (ago, isOk) =>
    isOk
      ? `Kendi fotoğrafımız, videomuz ve sesimiz ${ago} bütün yolu geçti ve ulaştı.`
      : `Kendi fotoğrafımız, videomuz ve sesimiz ${ago} gönderildi ve hepsi ulaşmadı.`,
  noCanary: 'Kendi dosyamız henüz bütün yolu geçmedi.',
  gone: 'Shoebox yanıt vermiyor',
  goneMeans: 'Ya sen çevrimdışısın ya biz. Daha önce gönderdiklerin güvende.',
  retry: 'Yeniden bak',

  system: {
    seen: (ago) => `Bakıldı: ${ago}`,
    neverSeen: 'Henüz hiçbir şeye bakılmadı. İlk bakış, başlangıçtan sonraki bir dakika içinde olur.',
    wellTitle: 'Kimsenin bir şey yapması gerekmiyor',
    well: 'Bütün kuyruklar ilerliyor, bütün görevler zamanında çalıştı ve takılan bir şey yok.',
    troublesTitle: 'Birinin bakması gerekenler',
    troubles: {
      schema_behind: () => 'Veritabanı kodun gerisinde. Bir dağıtım onu ileri alır.',
      schema_ahead: () => 'Veritabanı kodun ilerisinde; bir dağıtım sürerken böyledir.',
      queue_slow: (part, seconds) => `“${part}” kuyruğunun en eski iletisi ${span(seconds)} bekledi.`,
      dead_letters: (part, count) =>
        `“${part}” kuyruğunun ${numbers.format(count)} iletisi her seferinde başarısız oldu. Nedeni: “npm run queues”.`,
      uploads_stuck: (_, count) => `${numbers.format(count)} yükleme takıldı ve yeniden istendi.`,
      uploads_given_up: (_, count) => `24 saat içinde ${numbers.format(count)} yüklemeden vazgeçildi.`,
      files_undeleted: (_, count) => `${numbers.format(count)} silme bir saattir ya da daha uzun süredir bekliyor.`,
      round_failed: (part) => `“${part}” görevinin son turu başarısız oldu. Nedeni: “npm run logs -- ${part}”.`,
      round_late: (part, seconds) => `“${part}” ${span(seconds)} boyunca çalışmadı.`,
    },
    queuesTitle: 'Kuyruklar',
    queue: 'Kuyruk',
    waiting: 'Bekleyen',
    inFlight: 'Alınan',
    oldest: 'En eski',
    dead: 'Başarısız',
    none: '–',
    span,
    count: (count) => numbers.format(count),
    notAnswered: 'Bilinmiyor: henüz kimse sormadı ya da yanıt gelmedi.',
    uploadsTitle: 'Yüklemeler',
    uploads: {
      reserved: 'Bildirildi, sonuçlanmadı',
      stuck: 'Takıldı',
      givenUp: '24 saatte vazgeçilen',
      undeleted: 'Geciken silmeler',
    },
    storageTitle: 'Depolama',
    storageKinds: { image: 'Fotoğraflar', video: 'Videolar', audio: 'Sesler' },
    stored: (items, size) => `${numbers.format(items)} · ${size}`,
    nothingStored: 'Henüz bir şey saklanmıyor.',
    counted: (ago) => `Asıllar, sayıldı: ${ago}.`,
    tasksTitle: 'Görevler',
    task: 'Görev',
    last: 'Son tur',
    every: (minutes) => (minutes === 1 ? 'her dakika' : `her ${minutes} dakikada bir`),
    took: (seconds) => `sürdü: ${seconds < 9.95 ? `${decimal(seconds, 1)} sn` : span(seconds)}`,
    noTask: 'Henüz hiçbir görev çalışmadı.',
    ok: 'iyi',
    failed: 'başarısız',
    late: 'gecikti',
    taskMeans: {
      accounts: 'Dışa aktarmalar ve kapanan hesaplar',
      canary: 'Kendi dosyalarımızı bütün yoldan geçirir',
      janitor: 'Takılanı çözer, biteni toplar',
      notify: 'Yeni olanı insanlara bildirir',
      observe: 'Bütün bunlara bakar',
      purge: 'Gitmesi gerekeni siler',
      reconcile: 'Satırları ve dosyaları karşılaştırır',
    },
    canaryTitle: 'Kanarya',
    arrived: (seconds) => `${decimal(seconds, 1)} sn içinde ulaştı`,
    reconcilerTitle: 'Satırlar ve dosyalar',
    compared: (rows, objects, ago) =>
      `${numbers.format(rows)} satır ve ${numbers.format(objects)} dosya ${ago} karşılaştırıldı.`,
    agree: 'Birbirlerini tutuyorlar.',
    neverCompared: 'Henüz hiçbir karşılaştırma bitmedi.',
    findings: {
      original_missing: 'Eksik asıllar',
      derivative_missing: 'Yeniden yapılacak resimler',
      stray_item: 'Artık olmayan öğelerin dosyaları',
      stray_generation: 'Geride kalan eski sürümler',
      stray_arrival: 'Kimsenin beklemediği gelenler',
      quota_drift: 'Tutmayan kotalar',
    },
    wasted: (dollars) => `ayda $${decimal(dollars, 2)}`,
    mended: (count) => `${numbers.format(count)} onarılıyor`,
  },
}
