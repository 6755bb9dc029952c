// Multipart uploads that are not finished: which parts have come, and where their bytes lie. Used by the multipart
// routes and by lifecycle, which aborts the old ones.
import { randomBytes } from 'node:crypto'
import type { SQLOutputValue } from 'node:sqlite'
import type { Piece } from './blob-files.ts'
import type { ChecksumAlgorithm, Checksums, ChecksumType } from './checksums.ts'
import type { ObjectHeaders, ObjectStore } from './object-store.ts'

export type Upload = ObjectHeaders & {
  id: string
  bucket: string
  key: string
  initiatedMs: number
  /** Null when the client named none; parts then get S3's default. */
  algorithm: ChecksumAlgorithm | null
  checksumType: ChecksumType
}

export type Part = {
  number: number
  pieces: readonly Piece[]
  size: number
  etag: string
  checksums: Checksums
  modifiedMs: number
}

export type UploadStore = ReturnType<typeof openUploadStore>

export function openUploadStore(store: ObjectStore, now: () => number) {
  const { database } = store
  const insertUpload = database.prepare(
    'insert into uploads (id, bucket, key, initiated_ms, detail) values (?, ?, ?, ?, ?)',
  )
  const findUpload = database.prepare('select * from uploads where id = ?')
  const listUploads = database.prepare(
    'select * from uploads where bucket = ? and substr(key, 1, length(?)) = ? order by key, initiated_ms',
  )
  const deleteUpload = database.prepare('delete from uploads where id = ?')
  const putPart = database.prepare(
    `insert or replace into parts (upload_id, number, pieces, size, etag, checksums, modified_ms)
     values (?, ?, ?, ?, ?, ?, ?)`,
  )
  const listParts = database.prepare('select * from parts where upload_id = ? order by number')
  const insertAnswer = database.prepare('insert or replace into completed_uploads values (?, ?, ?, ?)')
  const findAnswer = database.prepare('select answer from completed_uploads where id = ? and bucket = ? and key = ?')

  function parts(uploadId: string): Part[] {
    return listParts.all(uploadId).map(readPart)
  }

  return {
    begin(upload: Omit<Upload, 'id' | 'initiatedMs'>): Upload {
      const { bucket, key, ...detail } = upload
      const begun = { ...upload, id: randomBytes(32).toString('base64url'), initiatedMs: now() }
      insertUpload.run(begun.id, bucket, key, begun.initiatedMs, JSON.stringify(detail))
      return begun
    },

    find(bucket: string, key: string, id: string): Upload | null {
      const row = findUpload.get(id)
      return row === undefined || row['bucket'] !== bucket || row['key'] !== key ? null : readUpload(row)
    },

    list: (bucket: string, prefix: string): Upload[] => listUploads.all(bucket, prefix, prefix).map(readUpload),

    parts,

    /** A part sent again replaces the first. Null, and the bytes are gone, when the upload has gone meanwhile. */
    putPart(upload: Upload, part: Omit<Part, 'modifiedMs'>): Part | null {
      const { number, pieces, size, etag, checksums } = part
      if (findUpload.get(upload.id) === undefined) {
        store.files.remove(pieces)
        return null
      }
      const replaced = parts(upload.id).find((other) => other.number === number)
      const stored = { ...part, modifiedMs: now() }
      putPart.run(upload.id, number, JSON.stringify(pieces), size, etag, JSON.stringify(checksums), stored.modifiedMs)
      if (replaced !== undefined) store.files.remove(replaced.pieces)
      return stored
    },

    /** Forgets the upload and its parts' bytes. */
    drop(upload: Upload): void {
      const dropped = parts(upload.id)
      deleteUpload.run(upload.id)
      for (const { pieces } of dropped) store.files.remove(pieces)
    },

    /** Forgets the upload, whose bytes are an object's now. Whoever asks again hears the same answer. */
    settle(upload: Upload, answer: string): void {
      insertAnswer.run(upload.id, upload.bucket, upload.key, answer)
      deleteUpload.run(upload.id)
    },

    findAnswer(bucket: string, key: string, id: string): string | null {
      const row = findAnswer.get(id, bucket, key)
      return row === undefined ? null : String(row['answer'])
    },
  }
}

type Row = Record<string, SQLOutputValue>

function readUpload(row: Row): Upload {
  const detail = JSON.parse(String(row['detail'])) as Pick<Upload, 'system' | 'metadata' | 'algorithm' | 'checksumType'>
  return {
    id: String(row['id']),
    bucket: String(row['bucket']),
    key: String(row['key']),
    initiatedMs: Number(row['initiated_ms']),
    ...detail,
  }
}

function readPart(row: Row): Part {
  const checksums = JSON.parse(String(row['checksums'])) as Checksums
  return {
    number: Number(row['number']),
    pieces: JSON.parse(String(row['pieces'])) as Piece[],
    size: Number(row['size']),
    etag: String(row['etag']),
    checksums,
    modifiedMs: Number(row['modified_ms']),
  }
}
