// The words of the page that takes what another app shares, in Turkish.
import type { enShare } from './en-share.ts'

const numbers = new Intl.NumberFormat('tr')

export const trShare: typeof enShare = {
  title: 'Shoebox ile paylaşıldı',
  heading: (count) => (count === 1 ? 'Bu dosya nereye gitsin?' : `Bu ${numbers.format(count)} dosya nereye gitsin?`),
  lead: 'Başka bir uygulama bunları Shoebox ile paylaştı. Sen seçene kadar hiçbir şey gönderilmez.',
  noneTitle: 'Bir şey paylaşılmadı',
  none: 'Burada bulmak için başka bir uygulamadan fotoğraf paylaş.',
  missed: 'Hiçbir şey eklenmedi. Dosyalar burada duruyor: sayfayı yeniden yükle, sonra seç.',
  load: 'Sayfayı yeniden yükle',
  throwAway: 'Ekleme',
}
