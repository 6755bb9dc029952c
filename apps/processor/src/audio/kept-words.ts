// Which words of a song stay in the copy that is played. Whatever is not named here goes: comments, links, ratings with
// their author's address, names of programs and devices, places, embedded pictures (they have derivatives of their own).

/** Text frames of ID3 2.3 and 2.4, and of 2.2 where names have three letters. */
export const keptId3Frames: ReadonlySet<string> = new Set(
  (
    'TIT1 TIT2 TIT3 TPE1 TPE2 TPE3 TPE4 TALB TRCK TPOS TCON TYER TDRC TDOR TDRL TORY TLEN TBPM TKEY TCOM TEXT TCMP TLAN ' +
    'TT1 TT2 TT3 TP1 TP2 TP3 TP4 TAL TRK TPA TCO TYE TOR TLE TBP TKE TCM TXT TLA'
  ).split(' '),
)

/** Fields of a Vorbis comment, as FLAC and Ogg use them. */
export const keptVorbisFields: ReadonlySet<string> = new Set(
  (
    'TITLE VERSION ALBUM TRACKNUMBER TRACKTOTAL TOTALTRACKS DISCNUMBER DISCTOTAL TOTALDISCS ARTIST ALBUMARTIST COMPOSER ' +
    'PERFORMER LYRICIST CONDUCTOR GENRE DATE YEAR BPM COMPILATION REPLAYGAIN_TRACK_GAIN REPLAYGAIN_TRACK_PEAK ' +
    'REPLAYGAIN_ALBUM_GAIN REPLAYGAIN_ALBUM_PEAK R128_TRACK_GAIN R128_ALBUM_GAIN WAVEFORMATEXTENSIBLE_CHANNEL_MASK'
  ).split(' '),
)

/** Chunks of a RIFF INFO list. */
export const keptInfoChunks: ReadonlySet<string> = new Set('INAM IART IPRD IGNR ICRD ITRK IPRT'.split(' '))
