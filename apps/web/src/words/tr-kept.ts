// What the service worker says of files that it sent, or could not, in Turkish.
import type { enKept } from './en-kept.ts'

const numbers = new Intl.NumberFormat('tr')
const files = (count: number): string => `${numbers.format(count)} dosya`

export const trKept: typeof enKept = {
  sent: (count) => `Bağlantı bekleyen ${files(count)} gönderildi.`,
  left: (count) => `${files(count)} daha gönderilecek. Sürdürmek için Shoebox’ı aç.`,
}
