// The words of the sheet of keys, in Turkish.
import type { enShortcuts } from './en-shortcuts.ts'

export const trShortcuts: typeof enShortcuts = {
  title: 'Klavye kısayolları',
  arrows: 'Ok tuşları',
  move: 'Fotoğraflar arasında gez',
  open: 'Aç',
  like: 'Beğen',
  density: 'Daha büyük veya daha küçük fotoğraflar',
  close: 'Kapat',
  sheet: 'Bu liste',
  details: 'Ayrıntılar (açık öğede)',
  zoom: 'Yakınlaştır (açık öğede)',
  download: 'İndir (açık öğede)',
  play: 'Oynat veya duraklat',
  mute: 'Sesi kapat',
  captions: 'Videonun altyazısı',
  slideshow: 'Slayt gösterisi (açık öğede)',
}
