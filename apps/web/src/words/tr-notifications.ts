// The words of what one was told, in Turkish.
import type { enNotifications } from './en-notifications.ts'

const numbers = new Intl.NumberFormat('tr')
const items = (count: number): string => (count === 1 ? 'bir öğe' : `${numbers.format(count)} öğe`)
const yours = (count: number): string => (count === 1 ? 'Bir öğen' : `${numbers.format(count)} öğen`)
/** A group's name takes no suffix: it stands before the sentence. */
const at = (group: string | null): string => (group === null ? '' : `${group}: `)

const roles = { viewer: 'izleyici', contributor: 'katkıcı', admin: 'yönetici', owner: 'sahip' } as const

export const trNotifications: typeof enNotifications = {
  list: 'Bildirimler, en yenisi önce',
  emptyTitle: 'Henüz bir şey yok',
  empty: 'Biri bir öğene yorum yaptığında, onu beğendiğinde ya da bir grubuna eklediğinde burada görünür.',
  failedTitle: 'Bildirimlerin yüklenmedi',
  unread: 'Yeni',
  toSettings: 'Sana nasıl bildirilsin',
  sentences: {
    items_added: ({ actor, count, group }) => `${at(group)}${actor} ${items(count)} ekledi`,
    join_requested: ({ actor, group }) => `${at(group)}${actor} katılmak istiyor`,
    accepted: ({ actor, group }) => `${at(group)}${actor} seni kabul etti`,
    removed: ({ actor, group }) => `${at(group)}${actor} seni çıkardı`,
    role_changed: ({ actor, group, role }) =>
      role === null
        ? `${at(group)}${actor} rolünü değiştirdi`
        : `${at(group)}${actor} rolünü değiştirdi, yeni rolün: ${roles[role]}`,
    commented: ({ actor, count, group }) =>
      count === 1
        ? `${at(group)}${actor} bir öğene yorum yaptı`
        : `${at(group)}${actor} öğelerine ${numbers.format(count)} yorum yaptı`,
    liked: ({ actor, count, group }) =>
      count === 1
        ? `${at(group)}${actor} bir öğeni beğendi`
        : `${at(group)}${actor} ${numbers.format(count)} öğeni beğendi`,
    item_removed: ({ actor, count, group }) =>
      count === 1
        ? `${at(group)}${actor} bir öğeni çıkardı`
        : `${at(group)}${actor} ${numbers.format(count)} öğeni çıkardı`,
    report_upheld: ({ count }) =>
      count === 1
        ? 'Bildirdiğine baktık ve gereğini yaptık. Teşekkürler'
        : `Bildirdiğin ${numbers.format(count)} şeye baktık ve gereğini yaptık. Teşekkürler`,
    report_dismissed: ({ count }) =>
      count === 1
        ? 'Bildirdiğine baktık ve kurallara aykırı bir şey bulmadık'
        : `Bildirdiğin ${numbers.format(count)} şeye baktık ve kurallara aykırı bir şey bulmadık`,
    item_quarantined: ({ count }) =>
      `${yours(count)} biz bir bildirime bakarken kenara alındı. Bu sırada başka kimse göremez`,
    item_restored: ({ count }) => `${yours(count)} yerine kondu: kurallara aykırı bir şey bulmadık`,
    item_taken_down: ({ count }) => `${yours(count)} kurallara aykırı olduğu için kaldırıldı. İtiraz edebilirsin`,
    comment_taken_down: ({ count }) =>
      `${count === 1 ? 'Bir yorumun' : `${numbers.format(count)} yorumun`} kurallara aykırı olduğu için kaldırıldı`,
    warned: () => 'Moderatörlerimiz seni uyardı',
    item_approved: ({ count }) => `${yours(count)} incelendi ve artık görülebilir`,
    item_refused: ({ count }) => `${yours(count)} incelendi ve yayımlanmadı: kurallara aykırı`,
  },
}
