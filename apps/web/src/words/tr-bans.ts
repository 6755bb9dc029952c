// What moderators read of people, bans, warnings and appeals, in Turkish. Names stand alone after a colon.
import type { SiteRole } from '@shoebox/shared/account/site-roles.ts'
import type { AppealOutcome, BannedItemsChoice } from '@shoebox/shared/safety/bans.ts'
import type { enBans } from './en-bans.ts'

const numbers = new Intl.NumberFormat('tr')
const format = (count: number): string => numbers.format(count)
const day = (moment: string): string =>
  new Date(moment).toLocaleString('tr', { dateStyle: 'medium', timeStyle: 'short' })

const roles: Record<SiteRole, string> = { member: 'Üye', moderator: 'Moderatör', administrator: 'Site yöneticisi' }
const items: Record<BannedItemsChoice, { name: string; means: string }> = {
  keep: { name: 'Öğeleri kalır', means: 'Ekledikleri eskisi gibi görülebilir.' },
  withdraw: { name: 'Öğeleri gözden kalkar', means: 'Yasak bitene kadar kimse görmez. Hiçbir şey silinmez.' },
}
const outcomes: Record<AppealOutcome, string> = { granted: 'Kabul edildi', denied: 'Reddedildi' }

export const trBans: typeof enBans = {
  searchLabel: 'Bir hesabın adresi ya da kimliği',
  search: 'Bul',
  searchWrong: 'Tam bir adres ya da usr_ ile başlayan bir kimlik gir.',
  notFoundTitle: 'Böyle bir hesap yok',
  notFound: 'Kimsenin adresi ya da kimliği bu değil. Hesap silinmiş olabilir.',
  bannedTitle: 'Şu an yasaklı olanlar',
  emptyTitle: 'Yasaklı kimse yok',
  empty: 'Yasaklı olan herkes burada, nedeni ve bitişiyle listelenir.',
  failedTitle: 'Bu yüklenmedi',
  open: (name) => `Aç: ${name}`,
  accountGone: 'Hesap silinmiş',
  id: 'Kimlik',
  since: (moment) => `Geldiği gün: ${day(moment)}`,
  counts: (itemCount, groupCount) => `${format(itemCount)} öğe · ${format(groupCount)} grup`,
  cases: (count, upheld) =>
    count === 0 ? 'Hiç bildirilmedi' : `${format(count)} kez bildirildi, ${format(upheld)} tanesi haklı bulundu`,
  page: 'Herkese açık sayfası',
  role: 'Sitedeki rolü',
  roles,
  roleSet: (role) => `Yeni rolü: ${roles[role].toLocaleLowerCase('tr')}.`,
  notBannable: 'Bu hesabı yasaklayamaz ya da uyaramazsın.',
  ban: 'Yasakla',
  warn: 'Uyar',
  lift: 'Yasağı kaldır',
  lifted: 'Yasak kaldırıldı. Kendisine postayla bildirilir.',
  inForce: 'Yasaklı',
  over: 'Yasaklıydı',
  until: (moment) => (moment === null ? 'Süresiz' : `Bitiş: ${day(moment)}`),
  by: (name, moment) => (name === null ? day(moment) : `Yapan: ${name}, ${day(moment)}`),
  liftedOn: (moment) => `Kaldırıldı: ${day(moment)}`,
  itemsOf: { keep: 'Öğeleri kaldı', withdraw: 'Öğeleri gözden kalktı' } satisfies Record<BannedItemsChoice, string>,
  historyTitle: 'Daha önce yapılanlar',
  noHistory: 'Henüz bir şey yok.',
  warned: 'Uyarıldı',
  read: 'okundu',
  unread: 'henüz okunmadı',

  banTitle: (name) => `${name} yasaklansın mı?`,
  banWhat: 'Her yerde çıkışı yapılır ve nedeni postayla bildirilir. Sahibi olduğu gruplar sıradaki kişiye geçer.',
  reason: 'Neden',
  reasonHint: 'Kendisi okur. Ne yaptığını söyle, başkalarının adını anma.',
  left: (count) => `${format(count)} karakter kaldı`,
  tooLong: (count) => `${format(count)} karakter fazla`,
  lasts: 'Ne kadar sürsün',
  days: (count) => (count === null ? 'Süresiz' : `${format(count)} gün`),
  itemsLegend: 'Öğeleri',
  items,
  banned: (name) => `${name} yasaklandı.`,
  warnTitle: (name) => `${name} uyarılsın mı?`,
  warnWhat: 'Bir sonraki gelişinde, her şeyden önce bunu okur.',
  warnedNow: (name) => `${name} uyarını okuyacak.`,

  appealsShown: 'Gösterilen itirazlar',
  waiting: 'Bekleyenler',
  answered: 'Yanıtlananlar',
  noAppealsTitle: 'Bekleyen itiraz yok',
  noAppeals: 'Biri bir kararın yanlış olduğunu söylerse burada yanıtlanır.',
  noAnsweredTitle: 'Henüz yanıtlanan yok',
  noAnswered: 'Yanıtlanan itirazlar burada kalır.',
  someone: 'Silinmiş bir hesap',
  againstBan: (name) => `${name}, bir yasağa karşı`,
  againstItem: (name) => `${name}, bir öğe için`,
  theBan: 'Yasak',
  theCase: 'Bildirimini aç',
  noCase: 'Bununla ilgili bir bildirim yok.',
  isForOthers: 'Bu senin kendi kararındı ya da kendi itirazın: başka biri yanıtlar.',
  answer: 'Yanıtın',
  answerHint: 'Kendisi okur.',
  grant: 'Kabul et',
  deny: 'Reddet',
  outcomes,
  decided: {
    granted: 'Kabul edildi. Kendisine postayla bildirilir.',
    denied: 'Reddedildi. Kendisine postayla bildirilir.',
  } satisfies Record<AppealOutcome, string>,
}
