import {
  listCollections,
  measureCollections,
  read,
  requirePreconditions,
  storeModified,
  usedBytes,
} from '../storage/index.js';
import { timestampsJson } from './answer.js';
import type { StorageHandler, StorageRoute } from './storage-route.js';

type Read = Parameters<Parameters<typeof read>[2]>[0];

/** An answer about all of a user's data, at the time of the last write to any of them. */
function aboutStore(
  body: (read: Read, request: Parameters<StorageHandler>[0]) => Promise<string | { body: string; records: number }>,
): StorageHandler {
  return (request) =>
    read(request.context, request.uid, async (own) => {
      const lastModified = await storeModified(own);
      requirePreconditions(request.preconditions, lastModified);
      const answer = await body(own, request);
      if (typeof answer === 'string') return { body: answer, lastModified };
      return { body: answer.body, lastModified, headers: { 'x-weave-records': String(answer.records) } };
    });
}

/** A JSON number of kilobytes. */
function kilobytes(bytes: number): number {
  return bytes / 1024;
}

/** What there is, how much, and how much there may be (sync §4.4). */
export const infoRoutes: readonly StorageRoute[] = [
  {
    path: '/info/collections',
    methods: {
      GET: aboutStore(async (own) => {
        const collections = await listCollections(own);
        const body = timestampsJson(collections.map(({ name, modified }) => [name, modified]));
        return { body, records: collections.length };
      }),
    },
  },
  {
    path: '/info/collection_counts',
    methods: {
      GET: aboutStore(async (own) => {
        const measures = await measureCollections(own);
        return JSON.stringify(Object.fromEntries(measures.map(({ name, count }) => [name, count])));
      }),
    },
  },
  {
    path: '/info/collection_usage',
    methods: {
      GET: aboutStore(async (own) => {
        const measures = await measureCollections(own);
        return JSON.stringify(Object.fromEntries(measures.map(({ name, bytes }) => [name, kilobytes(bytes)])));
      }),
    },
  },
  {
    path: '/info/quota',
    methods: {
      GET: aboutStore(async (own, { context: { quota } }) =>
        JSON.stringify([kilobytes(await usedBytes(own)), quota === null ? null : kilobytes(quota)]),
      ),
    },
  },
  {
    path: '/info/configuration',
    methods: {
      GET: async ({ context: { limits } }) => ({ body: JSON.stringify(limits), lastModified: 0 }),
    },
  },
];
