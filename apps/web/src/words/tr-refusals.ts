// What people read when Shoebox says no, in Turkish: what happened, then what to do.
import type { RefusalSentences } from './en-refusals.ts'

export const trRefusals: RefusalSentences = {
  invalid_input: {
    sentence: 'Bu istekte beklenen biçimde olmayan bir şey vardı.',
    nextStep: 'Yazdıklarını denetle ve yeniden dene.',
  },
  body_too_large: { sentence: 'Bu, tek istekte alabileceğimizden fazlaydı.', nextStep: 'Daha azıyla yeniden dene.' },
  wrong_origin: { sentence: 'Bu istek bu sayfadan gelmedi.', nextStep: 'Sayfayı yenile ve yeniden dene.' },
  sign_in_needed: { sentence: 'Bunun için giriş yapmış olman gerekir.', nextStep: 'Giriş yap ve yeniden dene.' },
  banned: { sentence: 'Bu hesap yasaklı.', nextStep: 'İtiraz edebilirsin: /appeal.' },
  not_found: { sentence: 'Bu burada değil ya da artık burada değil.', nextStep: 'Akışa dön.' },
  rate_limited: { sentence: 'Kısa sürede çok fazla oldu.', nextStep: 'Biraz bekle, sonra yeniden dene.' },
  wrong_credentials: {
    sentence: 'Bu adres ve bu parola birbirine ait değil.',
    nextStep: 'İkisini de denetle ya da bir hesap aç.',
  },
  wrong_password: { sentence: 'Parolan bu değil.', nextStep: 'Denetle ya da giriş sayfasından sıfırla.' },
  step_up_needed: {
    sentence: 'Bunun için postandaki yeni bir kod gerekir.',
    nextStep: 'Kod iste, gir ve yeniden dene.',
  },
  last_administrator: {
    sentence: 'Bu siteye bakan başka kimse yok.',
    nextStep: 'Önce başka birini site yöneticisi yap.',
  },
  owns_groups: {
    sentence: 'Ne olacağını seçmediğin bir grubun var.',
    nextStep: 'Her biri için başkasına mı geçeceğini yoksa biteceğini mi seç.',
  },
  terms_not_accepted: {
    sentence: 'Geçerli koşullar kabul edilmemiş.',
    nextStep: 'Oku, kabul et, sonra kaldığın yerden sür.',
  },
  link_spent: {
    sentence: 'Bu bağlantı daha önce kullanılmış ya da çok eski.',
    nextStep: 'Giremiyorsan parolanı giriş sayfasından sıfırla.',
  },
  wrong_code: { sentence: 'Gönderdiğimiz kod bu değil.', nextStep: 'En yeni postadaki altı rakamı gir.' },
  code_spent: { sentence: 'Bu kod artık kullanılamaz.', nextStep: 'Yeni bir kod iste.' },
  passwords_differ: { sentence: 'İki parola aynı değil.', nextStep: 'Aynı parolayı iki kez gir.' },
  password_too_short: {
    sentence: 'Bu parola çok kısa.',
    nextStep: 'En az 10 karakter kullan; birkaç sözcük iyi olur.',
  },
  password_too_long: { sentence: 'Bu parola çok uzun.', nextStep: 'En çok 200 karakter kullan.' },
  password_too_common: { sentence: 'Bu, herkesin ilk deneyeceği parolalardan biri.', nextStep: 'Başka bir tane seç.' },
  password_is_address: {
    sentence: 'Adresin güvenli bir parola değil.',
    nextStep: 'Adresinde geçmeyen bir parola seç.',
  },
  bans_self: { sentence: 'Bu sensin.', nextStep: 'Başka birini seç.' },
  bans_staff: { sentence: 'O da bu siteye bakıyor.', nextStep: 'Bir site yöneticisine sor.' },
  already_banned: { sentence: 'Zaten yasaklı.', nextStep: 'Önce o yasağı kaldır.' },
  appeal_open: { sentence: 'Zaten bir itiraz var.', nextStep: 'Onun yanıtını bekle.' },
  appeal_decided: { sentence: 'Bu itiraz yanıtlandı.', nextStep: 'Listeye yeniden bak.' },
  own_decision: { sentence: 'Bu senin kendi kararındı.', nextStep: 'İtirazı başka bir moderatöre bırak.' },
  owner_banned: { sentence: 'Hesap yasaklandıktan sonra geldi.', nextStep: 'Yasak bitince yeniden gönder.' },
  role_too_low: { sentence: 'Bu gruptaki rolün buna izin vermiyor.', nextStep: 'Yöneticilerinden birine sor.' },
  invite_not_valid: {
    sentence: 'Bu davet bir şey açmıyor ya da artık açmıyor.',
    nextStep: 'Kodu denetle ya da yeni bir tane iste.',
  },
  request_declined: {
    sentence: 'Bu grubun yöneticileri bu davete hayır dedi.',
    nextStep: 'Birinden başka bir davet iste.',
  },
  group_full: { sentence: 'Bu grupta olabilecek en çok üye var.', nextStep: 'Önce birinin ayrılması gerekir.' },
  too_many_groups: {
    sentence: 'Bu, bir kişinin olabileceğinden bir grup fazla.',
    nextStep: 'Önce birinden ayrıl.',
  },
  too_many_invites: {
    sentence: 'Bu grupta olabilecek en çok açık davet var.',
    nextStep: 'Artık gerekmeyen birini geri çek.',
  },
  name_differs: { sentence: 'Bu grubun adı bu değil.', nextStep: 'Gösterildiği gibi yaz.' },
  no_successor: { sentence: 'Seçtiğin kişi artık bu grupta değil.', nextStep: 'Başka birini seç.' },
  no_room_for_items: {
    sentence: 'Öğelerin, onları alacak kişinin planına sığmıyor.',
    nextStep: 'Olduğu yerde bırak ya da çıkar.',
  },
  already_reported: { sentence: 'Bunu zaten bildirdin.', nextStep: 'Sonucunu sana burada söyleriz.' },
  no_copy: {
    sentence: 'Bunun, çekildiği yer olmadan bir kopyası henüz yok.',
    nextStep: 'Daha sonra yeniden dene ya da ekleyene sor.',
  },
  blocks_self: { sentence: 'Kendini engelleyemezsin.', nextStep: 'Başka birini seç.' },
  too_many_blocked: { sentence: '1.000 kişiyi engelledin.', nextStep: 'Önce birinin engelini kaldır.' },
  push_service_unknown: {
    sentence: 'Bu tarayıcı, iletilerinin bizim göndermediğimiz bir yere gönderilmesini istiyor.',
    nextStep: 'Başka bir tarayıcı ya da posta özetini kullan.',
  },
  upload_settled: {
    sentence: 'Bu yükleme başka yerde bitti: iptal edildi, süresi doldu ya da artık oraya ekleyemiyorsun.',
    nextStep: 'Yeniden dene: ya gönderilir ya da nedeni söylenir.',
  },
  file_empty: { sentence: 'Bu dosya boş.', nextStep: 'Aslını denetle, sonra yeniden ekle.' },
  file_too_large: { sentence: 'Bu dosya çok büyük.', nextStep: 'Küçült, sonra yeniden ekle.' },
  type_not_allowed: {
    sentence: 'Shoebox bu tür dosyaları almaz.',
    nextStep: 'JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4 ya da MP3 olarak kaydet.',
  },
  type_unknown: {
    sentence: 'Bunun ne tür bir dosya olduğunu anlayamadık.',
    nextStep: 'Geldiği programda aç ve yeniden kaydet.',
  },
  content_mismatch: {
    sentence: 'Ulaşan, bildirilen değil.',
    nextStep: 'Dosya gönderilirken değişmiş olabilir: yeniden ekle.',
  },
  image_damaged: {
    sentence: 'Bu resim bozuk ya da eksik.',
    nextStep: 'Kameradan ya da telefondan yeniden kopyala.',
  },
  image_unsupported: {
    sentence: 'Bu resim açamadığımız bir biçimde saklanmış.',
    nextStep: 'Sıradan bir JPEG, PNG ya da TIFF olarak yeniden kaydet.',
  },
  image_too_many_pixels: {
    sentence: 'Bu resimde açabileceğimizden çok piksel var.',
    nextStep: 'En çok 120 megapiksele küçült (AVIF ve HEIC için 50).',
  },
  image_too_slow: {
    sentence: 'Bu resmin açılması çok uzun sürdü.',
    nextStep: 'JPEG ya da PNG olarak yeniden kaydet, sonra onu ekle.',
  },
  file_hides_other: {
    sentence: 'Bunun içinde başka bir dosya gizli.',
    nextStep: 'Tek başına yeniden kaydet, sonra onu ekle.',
  },
  duplicate: { sentence: 'Bu dosya daha önce eklendi.', nextStep: 'Zaten orada.' },
  too_large_for_plan: {
    sentence: 'Bu dosya tek başına planının bütün bir günde aldığından fazla.',
    nextStep: 'Küçült ya da daha büyük bir plan seç.',
  },
  over_day_quota: {
    sentence: 'Bu, planının bir günde aldığından fazla.',
    nextStep: 'Gün, UTC gece yarısında yeniden başlar: açık duran sayfa o zaman kendiliğinden yeniden dener.',
  },
  over_total_quota: {
    sentence: 'Bu, planında olan yerden fazla.',
    nextStep: 'Artık gerekmeyeni sil ya da daha büyük bir plan seç.',
  },
  upload_not_open: {
    sentence: 'Şimdiye kadar gönderilen parçalar artık saklanmıyor.',
    nextStep: 'Yeniden dene: gönderim baştan başlar.',
  },
  parts_missing: {
    sentence: 'Bu dosyanın bazı parçaları ulaşmadı.',
    nextStep: 'Yeniden dene: yalnızca onlar gönderilir.',
  },
  content_blocked: {
    sentence: 'Moderatörler bu içeriği daha önce kaldırdı: yeniden eklenemez.',
    nextStep: 'Bu bir yanlışlıksa sayfandaki Yardım altında yazan adrese itiraz et.',
  },
  processing_failed: {
    sentence: 'Bu dosyanın içine bakamadık ve birkaç denemeden sonra vazgeçtik.',
    nextStep: 'Yeniden ekle; o da olmazsa başka bir biçimde kaydet.',
  },
  media_damaged: {
    sentence: 'Bu video ya da ses bozuk veya eksik.',
    nextStep: 'Kameradan ya da telefondan yeniden kopyala.',
  },
  media_no_track: {
    sentence: 'Bu dosyada okuyabildiğimiz bir görüntü ya da ses yok.',
    nextStep: 'MP4 (H.264 ve AAC) ya da MP3 olarak yeniden kaydet.',
  },
  media_too_long: {
    sentence: 'Bu kayıt çok uzun.',
    nextStep: 'En çok 2 saat video ya da 4 saat ses olacak biçimde kes.',
  },
}
