// What somebody reads who is banned, warned or appeals, in Turkish.
import type { enAppeal } from './en-appeal.ts'

const numbers = new Intl.NumberFormat('tr')
const day = (moment: string): string => new Date(moment).toLocaleString('tr', { dateStyle: 'long', timeStyle: 'short' })

export const trAppeal: typeof enAppeal = {
  bannedTitle: 'Bu hesap yasaklı',
  bannedLead: 'Bir moderatör, Shoebox’ı şimdilik kullanamayacağına karar verdi. Bu sana postayla da bildirildi.',
  bannedMail: 'Nedeni ve ne zamana kadar sürdüğü, hesabın adresine gönderdiğimiz postada yazıyor.',
  reason: 'Neden',
  ends: 'Bitiş',
  until: (moment) => (moment === null ? 'Bitiş tarihi yok.' : day(moment)),
  appeal: 'İtiraz et',
  toFeed: 'Akışa bak',

  title: 'İtiraz',
  lead: 'Yasaklandıysan ve bunun yanlış olduğunu düşünüyorsan burada söyle. Hesabının adresi yeter, parola gerekmez.',
  checkLead: (email) => `${email} adresine bir posta gönderdik. Adres yasaklıysa içinde bir kod var.`,
  otherAddress: 'Başka bir adres kullan',
  text: 'Moderatör neyi bilmeli?',
  textHint: 'Varsa, kararı veren değil başka bir moderatör okur.',
  enterText: 'Moderatörün bilmesi gerekeni yaz.',
  left: (count) => `${numbers.format(count)} karakter kaldı`,
  tooLong: (count) => `${numbers.format(count)} karakter fazla`,
  send: 'İtirazı gönder',
  sentTitle: 'İtirazın gönderildi',
  sent: 'Bir moderatör postayla yanıtlar.',
  itemTitle: 'İçeriğin için itiraz',
  itemLead: 'Bir moderatör onu görünmez yaptı. Bunun yanlış olduğunu düşünüyorsan nedenini yaz.',
  backToUploads: 'Yüklemelerim',

  warningTitle: 'Bir moderatör sana yazdı',
  warningLead: 'Burada yaptığın bir şey kurallara aykırı. Devam etmeden önce lütfen oku.',
  warningRead: 'Okudum',
}
