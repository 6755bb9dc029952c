// The words of reporting something, in Turkish.
import type { enReport } from './en-report.ts'

export const trReport: typeof enReport = {
  report: { item: 'Bu öğeyi bildir', comment: 'Bu yorumu bildir', person: 'Bildir' },
  titles: {
    item: (name) => `Öğeyi bildir, ekleyen: ${name}`,
    comment: (name) => `Yorumu bildir, yazan: ${name}`,
    person: (name) => `Bildir: ${name}`,
  },
  lead: 'Sitenin moderatörleri bakar. Ne bildirdiğini ve kimin bildirdiğini görürler; senin bildirdiğini başka kimse öğrenmez.',
  why: 'Sorun ne?',
  reasons: {
    violence: 'Şiddet ya da tehlike',
    nudity: 'Çıplaklık ya da cinsel içerik',
    harassment: 'Taciz ya da zorbalık',
    hate: 'Nefret',
    spam: 'İstenmeyen içerik ya da aldatma',
    other: 'Başka bir şey',
  },
  note: 'Ne bilmeleri gerekir?',
  noteHint: 'İstersen birkaç sözcükle.',
  noteLeft: (left) => (left < 0 ? `${-left} karakter fazla` : `${left} karakter kaldı`),
  alsoBlock: (name) => `Engelle de: ${name}`,
  send: 'Bildir',
  sent: 'Teşekkürler. Sonucunu sana söyleriz.',
}
