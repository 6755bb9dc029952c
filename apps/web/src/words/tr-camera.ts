// The words of the camera page, in Turkish.
import type { enCamera } from './en-camera.ts'

const steps = new Intl.NumberFormat('tr', { maximumFractionDigits: 1, signDisplay: 'exceptZero' })

export const trCamera: typeof enCamera = {
  title: 'Kamera',
  preview: 'Kameranın gördüğü',
  asking: 'Kamera bekleniyor. Tarayıcın izin isteyebilir.',
  destination: 'Herkese açık akışa gider',
  toGroup: (name) => `Şu gruba gider: ${name}`,
  close: 'Kamerayı kapat',
  flip: 'Diğer kamera',
  torch: 'Işık',
  zoom: 'Yakınlaştırma',
  zoomValue: (zoom) => `${Number(zoom.toFixed(1)).toLocaleString('tr')}×`,
  exposure: 'Parlaklık',
  exposureValue: (value) => steps.format(value),
  timers: { 0: 'Zamanlayıcı kapalı', 3: 'Zamanlayıcı: 3 saniye', 10: 'Zamanlayıcı: 10 saniye' },
  countdown: (seconds) => `${seconds}`,
  mode: 'Ne çekilsin',
  modes: { photo: 'Fotoğraf', video: 'Video' },
  takePhoto: 'Fotoğraf çek',
  startClip: 'Kaydı başlat',
  stopClip: 'Kaydı bitir',
  cancelTimer: 'Zamanlayıcıyı durdur',
  recorded: 'Kaydedildi',
  noSound: 'Sessiz: mikrofona izin yok ya da mikrofon yok.',
  cannotRecord: 'Bu tarayıcı video kaydedemiyor.',
  shotFailed: 'Bu olmadı. Yeniden dene.',
  emptyClip: 'Hiçbir şey kaydedilmedi. Yeniden dene.',
  onTheWay: (count) => `${count} yolda`,
  arrived: 'Akışta',
  trouble: 'Hepsi alınamadı. Nedenini görmek için kamerayı kapat.',
  signInTitle: 'Kamerayı kullanmak için giriş yap',
  signIn: 'Çektiklerin akışa senin adınla eklenir.',
  faults: {
    denied: {
      title: 'Kameraya izin verilmedi',
      text: 'Tarayıcının ayarlarında bu site için izin ver, sonra yeniden dene.',
    },
    missing: {
      title: 'Kamera yok',
      text: 'Bu cihazda kamera bulamadık. Yine de var olan fotoğraflarını seçebilirsin.',
    },
    busy: {
      title: 'Kamera kullanımda',
      text: 'Başka bir program kullanıyor ya da bağlantısı koptu. O programı kapat, sonra yeniden dene.',
    },
    unsupported: {
      title: 'Bu tarayıcıda kamera yok',
      text: 'Bu tarayıcı sayfaların kamerayı kullanmasına izin vermiyor. Yine de var olan fotoğraflarını seçebilirsin.',
    },
  },
}
