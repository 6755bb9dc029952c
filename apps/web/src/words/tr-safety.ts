// The words of keeping people away, in Turkish.
import type { enSafety } from './en-safety.ts'

const day = (moment: string): string => new Date(moment).toLocaleDateString('tr', { dateStyle: 'medium' })

export const trSafety: typeof enSafety = {
  more: (name) => `${name} için seçenekler`,
  block: 'Engelle',
  unblock: 'Engeli kaldır',
  unblockOne: (name) => `${name} için engeli kaldır`,
  undo: 'Geri al',
  blockTitle: (name) => `${name} engellensin mi?`,
  blockWhat: [
    'İkiniz de diğerinin eklediğini ya da yazdığını akışta ve ortak gruplarda görmez, bunlardan haberdar edilmezsiniz.',
    'Hemen başlar; birinizin ekranında açık olan, en geç 15 dakika içinde kapanır.',
    'Kendisine haber verilmez. Bir grubu yöneten, üyelerin hepsini görmeye devam eder.',
    'İstediğin zaman geri alabilirsin: o zaman her şey yerli yerindedir.',
  ],
  blocked: (name) => `${name} engellendi.`,
  unblocked: (name) => `${name} artık engelli değil.`,
  blockedTag: 'Engelli',
  blockedTitle: 'Engellenen kişiler',
  blockedLead: 'Onlarla birbirinizi görmezsiniz. Kendilerine haber verilmez.',
  since: (moment) => `${day(moment)} tarihinden beri`,
  noneTitle: 'Engellenen kimse yok',
  none: 'Birini sayfasından, bir yorumun yanından ya da bir grubun kişileri arasından engelleyebilirsin.',
}
