/** A user's collections of records with exact times: reading, writing, batches, deleting. sync §4. */
export {
  collectionModified,
  listCollections,
  measureCollections,
  usedBytes,
} from './collections.js';
export { read, type StorageContext, storeModified } from './context.js';
export { type Preconditions, requirePreconditions } from './preconditions.js';
export { purgeExpired } from './purge-expired.js';
export { findRecord, type RecordQuery, readFew, readIds, readRecords, type Sort } from './read-records.js';
export type { RecordChange, StoredRecord } from './record.js';
export { deleteEverything, deleteRecord, deleteRecords, purgeUser } from './remove.js';
export { addToBatch, commitBatch, postRecords, putRecord } from './upload.js';
