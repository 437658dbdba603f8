import type { Storage } from '../storage.js';
import type { AddColumn, Column, ColumnType, CreateIndex, CreateTable, Step } from './migration.js';

type Engine = Storage['engine'];

const TYPES: Readonly<Record<Engine, Readonly<Record<ColumnType, string>>>> = {
  sqlite: { bytes: 'blob', text: 'text', integer: 'integer', time: 'integer' },
  // The database's own collation would order text, and take some texts for equal, otherwise than SQLite does.
  postgres: { bytes: 'bytea', text: 'text collate "C"', integer: 'integer', time: 'bigint' },
};

/** The statement that makes a step on an engine. */
export function ddl(engine: Engine, step: Step): string {
  if ('table' in step) return createTable(engine, step);
  if ('indexOn' in step) return createIndex(step);
  if ('addTo' in step) return addColumn(engine, step);
  return `drop index ${indexName(step.dropIndexOn, step.columns)}`;
}

function addColumn(engine: Engine, { addTo, column, type }: AddColumn): string {
  return `alter table ${quote(addTo)} add column ${quote(column)} ${columnType(engine, type)}`;
}

function createTable(engine: Engine, { table, columns, key, clustered, unlogged }: CreateTable): string {
  const lines = Object.entries(columns).map(([name, column]) => `${quote(name)} ${columnType(engine, column)}`);
  lines.push(`primary key ${list(key)}`);
  const body = `${quote(table)} (${lines.join(', ')})`;
  if (engine === 'postgres') return `create ${unlogged ? 'unlogged ' : ''}table ${body}`;
  return `create table ${body} strict${clustered ? ', without rowid' : ''}`;
}

function createIndex({ indexOn, columns, unique, present }: CreateIndex): string {
  const name = indexName(indexOn, columns);
  const last = columns.at(-1);
  const where = present && last !== undefined ? ` where ${quote(last)} is not null` : '';
  return `create ${unique ? 'unique ' : ''}index ${name} on ${quote(indexOn)} ${list(columns)}${where}`;
}

function indexName(table: string, columns: readonly string[]): string {
  return quote(`${table}_${columns.join('_')}`);
}

function columnType(engine: Engine, column: Column): string {
  const nullable = column.endsWith('?');
  const type = TYPES[engine][(nullable ? column.slice(0, -1) : column) as ColumnType];
  return nullable ? type : `${type} not null`;
}

function list(names: readonly string[]): string {
  return `(${names.map(quote).join(', ')})`;
}

function quote(name: string): string {
  return `"${name}"`;
}
