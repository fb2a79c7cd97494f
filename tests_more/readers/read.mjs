// Read files with a reader's defaults, and write their columns as JSON, a line for each file:
// node read.mjs READER FILE...

import { readFile } from 'node:fs/promises'

/** Return a value as JSON can hold it: days as text, long numbers as texts, lists as lists. */
function plain(value) {
  if (value === undefined || value === null) return null
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value !== 'object') return value
  if (value.items) return [...value.items].map(plain) // DuckDB's lists
  if (value.days !== undefined) return value.toString() // DuckDB's days
  if (value[Symbol.iterator]) return [...value].map(plain)
  return value.toString()
}

function columns(names, rows) {
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => plain(row[name]))]))
}

const readers = {
  async hyparquet(path) {
    const { asyncBufferFromFile, parquetReadObjects, parquetSchema, parquetMetadataAsync } =
      await import('hyparquet')
    const file = await asyncBufferFromFile(path)
    const schema = parquetSchema(await parquetMetadataAsync(file))
    const names = schema.children.map((child) => child.element.name)
    return columns(names, await parquetReadObjects({ file }))
  },

  async 'parquet-wasm'(path) {
    const { readParquet } = await import('parquet-wasm')
    const { tableFromIPC } = await import('apache-arrow')
    const table = tableFromIPC(readParquet(await readFile(path)).intoIPCStream())
    const { fields } = table.schema
    const rows = [...table].map((row) => row.toJSON())
    // Days are milliseconds since 1970.
    for (const { name } of fields.filter((field) => `${field.type}`.startsWith('Date'))) {
      for (const row of rows) if (row[name] !== null) row[name] = new Date(row[name])
    }
    return columns(fields.map((field) => field.name), rows)
  },

  async duckdb(path) {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const connection = await (await DuckDBInstance.create()).connect()
    const reader = await connection.runAndReadAll(`FROM '${path}'`)
    return columns(reader.columnNames(), reader.getRowObjects())
  },
}

const [, , reader, ...paths] = process.argv
for (const path of paths) {
  const line = `${JSON.stringify(await readers[reader](path))}\n`
  await new Promise((done) => process.stdout.write(line, done))
}
