// The words of how one is told where one is not looking, in Turkish.
import type { enPush } from './en-push.ts'

export const trPush: typeof enPush = {
  title: 'Sana nasıl bildirilsin',
  lead: 'Bu cihazda, postayla ve her gruptan ne kadar.',
  failedTitle: 'Ayarların yüklenmedi',

  deviceTitle: 'Bu cihazda',
  deviceWhat: 'Shoebox kapalıyken de ekranda kısa bir satır. Çok sayıda resim tek satırdır.',
  deviceAsks: 'Tarayıcın önce sana sorar.',
  turnOn: 'Aç',
  turningOn: 'Tarayıcına soruluyor…',
  turnOff: 'Kapat',
  isOn: 'Bu cihaza bildiriliyor.',
  turnedOn: 'Artık bu cihaza bildirilecek.',
  turnedOff: 'Artık bu cihaza bildirilmeyecek.',
  endsWithSession: 'Burada çıkış yapınca biter.',
  showNames: 'Kim ve nerede olduğunu göster',
  showNamesMeans: 'Kapalıysa satır yalnızca yeni bir şey olduğunu söyler. Kimsenin yazdığı hiçbir zaman görünmez.',
  absent: 'Bu tarayıcıya Shoebox kapalıyken bildirilemez.',
  homeScreen: 'iPhone ya da iPad’de önce Shoebox’u Ana Ekrana ekle: Paylaş, sonra “Ana Ekrana Ekle”.',
  blocked: 'Bu tarayıcı Shoebox’un sana bir şey bildirmesine izin vermiyor.',
  blockedHow: 'Tarayıcının ayarlarında bu sitenin bildirimlerine izin ver, sonra buraya dön.',
  notAllowed: 'İzin vermedin.',
  notAllowedHow: 'Yeniden sorulması için bir kez daha aç ya da tarayıcının ayarlarında bu siteye izin ver.',
  unreachable: 'Bu tarayıcı kendi bildirim hizmetine ulaşamadı.',
  unreachableHow: 'Bazı tarayıcılarda ya da gizli pencerelerde yoktur. Sonra yeniden dene ya da posta al.',
  otherDevices: 'Bildirilen diğer cihazlar',
  device: ({ browser, system }) =>
    browser === null && system === null
      ? 'Bilinmeyen cihaz'
      : [browser, system].filter((name) => name !== null).join(', '),
  turnOffOne: (device) => `Kapat: ${device}`,
  oneTurnedOff: (device) => `Artık bildirilmeyecek: ${device}.`,

  digestTitle: 'Postayla',
  digestWhat: 'Okumadıkların tek bir postada. Hepsini okuduysan posta gelmez.',
  digest: {
    off: { name: 'Hiç', means: 'Böyle postalar gelmez. Kodlar ve hesabınla ilgili uyarılar gelmeye devam eder.' },
    daily: { name: 'Her gün', means: 'Senin bulunduğun yerde sabahleyin.' },
    weekly: { name: 'Her hafta', means: 'Senin bulunduğun yerde pazartesi sabahı.' },
  },
  saved: 'Kaydedildi.',

  groupsTitle: 'Gruplarından',
  groupsNone: 'Henüz bir grupta değilsin.',

  muteTitle: 'Shoebox’tan daha az mı?',
  muteDone: 'Oldu',
  muteLoading: 'Bir saniye…',
  muteGroup: (group) => `Bu grup sana burada ve postayla bildiriliyor: ${group}.`,
  muteGroupAction: 'Bu gruptan artık hiçbir şey bildirme',
  groupMuted: (group) => `Artık bu gruptan hiçbir şey bildirilmeyecek: ${group}.`,
  groupIsMuted: (group) => `Bu gruptan hiçbir şey bildirilmiyor: ${group}.`,
  stillMember: 'Üye kalırsın ve içindeki her şeyi görmeye devam edersin.',
  muteDigest: 'Okumadıklarını sana postayla gönderiyoruz.',
  muteDigestAction: 'Bana bu postaları artık gönderme',
  digestMuted: 'Sana bu postaları artık göndermiyoruz.',
  codesStillCome: 'Kodlar ve hesabınla ilgili uyarılar gelmeye devam eder.',
  undo: 'Geri al',
  tellAgain: 'Yeniden bildir',
  brokenTitle: 'Bu bağlantı çalışmıyor',
  broken:
    'Bağlantı eksik ya da grup veya oradaki yerin artık yok. Postadan yeniden aç ya da giriş yapıp sana nasıl bildirildiğine bak.',
}
