// The terms and the privacy notice, in Turkish. What was agreed to is the English text in terms.ts: section by section
// and paragraph by paragraph this says the same.
import type { Terms } from './en-terms.ts'

export const trTerms: Terms = {
  translation: {
    of: '2026-11-23',
    decides: 'Bu bir çeviridir. İngilizce metinle arasında bir fark olursa İngilizce metin geçerlidir.',
  },
  termsOfUse: [
    {
      title: 'Shoebox nedir',
      paragraphs: [
        'Shoebox fotoğrafları, videoları ve ses kayıtlarını saklar ve senin seçtiğin kişilere gösterir: herkese açık akışta herkese ya da bir grubun üyelerine.',
      ],
    },
    {
      title: 'Hesabın',
      paragraphs: [
        'Bir hesap tek bir kişinindir; o kişi, yaşadığı yerde bunu kabul edebilecek yaşta olmalıdır. Parolanı kimseyle paylaşma. Hesabının başkasının elinde olduğunu bize bildirene kadar hesabınla yapılanlardan sen sorumlusun.',
      ],
    },
    {
      title: 'Yüklediklerin',
      paragraphs: [
        'Senin kalırlar. Burada oldukları sürece onları saklamamıza, insanlara gösterilen daha küçük resimleri oluşturmamıza ve seçtiğin kişilere göstermemize izin verirsin.',
        'Yalnızca paylaşmaya hakkın olanı yükle. Yasanın gerektirdiği yerde, içinde insanlar olan resimler için onların rızası gerekir.',
        'Bir gruptan ayrılırken ya da hesabını silerken, içindeki öğelerini grubun sahibine devredebilirsin. Ondan sonra sahibinin olurlar ve onun kotasından sayılırlar.',
      ],
    },
    {
      title: 'Burada yeri olmayanlar',
      paragraphs: [
        'Şiddet ve tehdit, buna rıza göstermemiş ya da yetişkin olmayan birinin cinsel resimleri, taciz, insanlara ne olduklarından dolayı duyulan nefret ve yasaya aykırı olan her şey. Bunları kaldırırız ve geldikleri hesabı kapatabiliriz. Bundan etkilenen itiraz edebilir.',
      ],
    },
    {
      title: 'Planlar ve yer',
      paragraphs: [
        'Her planda bir günde yüklenebilecek ve toplam saklanabilecek bir miktar vardır: Demo 25 MB ve 1 GB, Ücretsiz 100 MB ve 5 GB, Pro 500 MB ve 100 GB, Pro+ 1 GB ve 500 GB, Studio 10 GB ve 2 TB. Bir gün, UTC ile gece yarısı biter. Çöptekiler gidene kadar sayılır.',
      ],
    },
    {
      title: 'Ayrılmak',
      paragraphs: [
        'Verilerini istediğin zaman dışa aktarabilir ve hesabını silebilirsin; ikisi de uygulamada, hesabının altındadır.',
        'Kaybetmeye dayanamayacaklarının kopyalarını sakla. Özen gösteririz, ama hiçbir zaman hiçbir şeyin ters gitmeyeceğine söz veremeyiz.',
      ],
    },
  ],
  privacyNotice: [
    {
      title: 'Hakkında ne saklıyoruz',
      paragraphs: [
        'Adını, adresini, parolanın bir özetini (hash), verirsen telefon numaranı ve resmini, bu koşulları ne zaman kabul ettiğini ve giriş yaptığın her yer için tarayıcının türünü, bağlantının geldiği ülke ve şehri ve oranın en son ne zaman kullanıldığını.',
        'Telefon numaran ve adresin hiçbir zaman başkalarına gösterilmez. Adın ve resmin gösterilir.',
        'Seni ilgilendiren olayları, bildirimlerinin listesinde 90 gün boyunca; bunların sana postayla ne sıklıkta özetlenmesini istediğini ve posta sabahleyin gelsin diye saat dilimini; uyandırılmasına izin verdiğin her tarayıcı için de, yapımcısının hizmetinin ona nereden ulaştığını, orada çıkış yapana kadar.',
        'İnsanların birbirinin gruplarına, üyelerine ve öğelerine yaptıkları ve moderatörlerle site yöneticilerinin yaptıkları, kimsenin değiştiremeyeceği ya da kısaltamayacağı kayıtlarda durur: ne yapıldığı, ne zaman yapıldığı ve kimin kime yaptığının yerini tutan numaralar. Hesap yoksa böyle bir numara kimseye götürmez.',
      ],
    },
    {
      title: 'Dosyalarının içinde ne var',
      paragraphs: [
        'Fotoğraflar ve videolar nerede ve ne zaman çekildiklerini söyleyebilir. İnsanlara gösterilenler bunların hiçbirini taşımaz. Yüklediğin haliyle dosya yalnızca sana ve bir grupta, grubun yer kuralının izin verdiği biçimde üyelere verilir. Devrettiğin bir öğeyle birlikte yeni sahibi o dosyayı da, nerede ve ne zaman çekildiğiyle alır.',
      ],
    },
    {
      title: 'Başka kim görür',
      paragraphs: [
        'Makinelerini kiraladığımız şirketler: saklama, veritabanı, sayfaları ulaştırma ve posta gönderme için. Kimse bizden verilerini satın almaz ve reklam yoktur.',
        'Bir cihazda bildirim almak istersen her ileti tarayıcının yapımcısının hizmetinden geçer; yalnızca senin tarayıcının okuyabileceği biçimde şifrelidir. Tek bir cümle söyler; adlar yalnızca istersen içinde olur, kimsenin yazdığı hiçbir zaman olmaz. Hizmet bir ileti olduğunu ve zamanını öğrenir. Posta özetleri, yeni bir şeyi olan grupların ve kişilerin adlarını söyler.',
      ],
    },
    {
      title: 'Ne kadar süre',
      paragraphs: [
        'Sildiklerin 30 gün çöpünde kalır, sonra temelli silinir. Hesabını silersen dosyaların silinir ve gittiklerinde sana postayla bildiririz. Önceden ya da o sırada devrettiklerin, adın olmadan, verdiğin kişide kalır. Moderatörlerin yaptıklarının kayıtları adın ve adresin olmadan saklanır.',
        'Birinin bildirdiği şey, gösterilenin bir kopyası ve bildirenin adıyla birlikte, hakkında karar verildikten bir yıl sonrasına kadar moderatörler için saklanır; o şey ya da bir hesap silinse de. Nasıl karar verildiği bundan sonra da adlar, sözler ve resimler olmadan saklanır.',
        'Yasaklanan kişi hesabını sildikten sonra da yasaklı kalır: bunun için nedeni ve adresten gizli bir anahtarla hesaplanan bir özeti saklarız. Bir adresin aynı adres olup olmadığı yalnızca o anahtarla anlaşılabilir; adresin kendisi saklanmaz.',
        'Bir resmin adresindeki bağlantı, birinin onu görme hakkı bittikten sonra en çok 15 dakika çalışabilir.',
      ],
    },
  ],
}
