import type { MediaId } from '@shoebox/shared/ids.ts'
import { accept, refuse, type Result } from '@shoebox/shared/result.ts'
import type { Details } from './feed.schema.ts'
import type { FeedRow } from './present-item.ts'

export type DetailsRow = FeedRow &
  Pick<
    Details,
    'videoCodec' | 'audioCodec' | 'frameRate' | 'peaks' | 'tags' | 'camera' | 'lens' | 'exposure' | 'place' | 'fileName'
  > & {
    readonly captions: readonly (Details['captions'][number] & { readonly bytes: number })[] | null
    readonly takenOffsetMinutes: number | null
    readonly takenSource: NonNullable<Details['taken']>['source'] | null
  }

export type FindDetailsDeps = {
  /** A ready item, with its file's name and its place only when whoever asks is its owner. */
  readonly readDetails: (mediaId: MediaId) => Promise<DetailsRow | null>
}

/** All that is told of one ready item. One that is not ready is answered exactly like one that does not exist. */
export async function findDetails(
  deps: FindDetailsDeps,
  mediaId: MediaId,
): Promise<Result<Details, { code: 'not_found' }>> {
  const row = await deps.readDetails(mediaId)
  return row === null ? refuse({ code: 'not_found' }) : accept(presentDetails(row))
}

const presentDetails = (row: DetailsRow): Details => ({
  mediaId: row.id,
  owner: { id: row.ownerId, name: row.ownerName },
  fileName: row.fileName,
  kind: row.kind,
  originalType: row.type,
  bytes: row.bytes,
  widthPx: row.widthPx,
  heightPx: row.heightPx,
  taken:
    row.takenLocal === null || row.takenSource === null
      ? null
      : { local: row.takenLocal, offsetMinutes: row.takenOffsetMinutes, source: row.takenSource },
  camera: row.camera,
  lens: row.lens,
  exposure: row.exposure,
  place: row.place === null ? null : { country: row.place.country, city: row.place.city },
  publishedAt: row.publishedAt.toISOString(),
  isCutToFirstFrame: row.isCutToFirstFrame,
  isHdr: row.isHdr,
  isPlayable: row.hasPlay,
  durationMs: row.durationMs,
  videoCodec: row.videoCodec,
  audioCodec: row.audioCodec,
  frameRate: row.frameRate,
  peaks: row.peaks,
  tags: row.tags,
  captions: (row.captions ?? []).map(({ language, label }) => ({ language, label })),
})
