import { mediaFormats, type MediaType } from '@shoebox/shared/media/kinds.ts'

/**
 * What a downloaded file is called that is not one's own: when it was taken or added, since names of files tell more
 * than people think.
 */
export function nameDownload(takenLocal: string | null, createdAt: Date, type: MediaType): string {
  const moment = (takenLocal ?? createdAt.toISOString()).slice(0, 19)
  return `shoebox-${moment.replaceAll(/[-:]/g, '').replace('T', '-')}.${mediaFormats[type].extensions[0]}`
}

/**
 * A Content-Disposition that makes browsers save the file under its name, in any script (RFC 6266). ASCII only, and
 * nothing in it can end the quoted name.
 */
export function attachmentNamed(fileName: string): string {
  const plain = fileName.replaceAll(/[^\w .()-]/g, '_')
  const encoded = encodeURIComponent(fileName.toWellFormed()).replaceAll(
    /['()*!]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
