// SQLite behind the storage interface: one connection, write-ahead log, `node:sqlite` or an add-on of the same shape.
// Writers take turns; https://www.sqlite.org/wal.html and https://nodejs.org/api/sqlite.html say what is relied upon.
export { openSqlite } from './open-sqlite.js';
