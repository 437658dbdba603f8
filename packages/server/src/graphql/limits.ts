/** What one HTTP request may ask for. The reference has the cost and the batch; the rest keeps the way there short. */
export const LIMITS = {
  /** Bytes of the body. */
  body: 100 * 1024,
  /** Operations of a batch. */
  batch: 20,
  /** Words and signs of a document; they also bound how deep it can nest before anybody looks. */
  tokens: 2000,
  /** Fields within fields; the schema has four. */
  depth: 8,
  /** Of all operations of the request together, as `measure` counts. */
  cost: 1000,
} as const;
