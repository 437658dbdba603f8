import { disconnectClient, getAttachedClients, getAuthorizations, revokeAuthorization } from '@foxden/auth-client';
import type { accountAuthorizations, attachedClients, ResponseOf } from '@foxden/protocol';
import { type Message, message } from '../../messages/message.js';
import { describeScope } from '../../oauth/grants.js';
import type { Services } from '../../services.js';
import { type Attempt, attempt, readOnArrival } from '../../settings/attempt.js';
import { ownerOf, sessionOf } from '../../settings/owner.js';
import { createStore } from '../../store.js';
import type { Model } from '../../ui/use-model.js';

type Attached = ResponseOf<typeof attachedClients>[number];
type Authorization = ResponseOf<typeof accountAuthorizations>[number];

/** A device, a browser or an application that is signed in. */
export interface ConnectedService {
  readonly key: string;
  /** Undefined where nobody has named it. */
  readonly name: string | undefined;
  /** Browser and system, or nothing. */
  readonly what: string;
  /** City and country, or nothing. */
  readonly where: string;
  /** Milliseconds since the epoch. */
  readonly lastUsed: number | undefined;
  /** It is the session that shows this page. */
  readonly isThis: boolean;
  readonly attached: Attached;
}

/** What a person has allowed an application. */
export interface AllowedApplication {
  readonly clientId: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly scopes: readonly { readonly value: string; readonly words: readonly Message[] }[];
}

export interface ClientsState extends Attempt {
  readonly services?: readonly ConnectedService[];
  readonly applications?: readonly AllowedApplication[];
}

export interface ClientsModel extends Model<ClientsState> {
  disconnect(service: ConnectedService): Promise<void>;
  revoke(application: AllowedApplication, scope: string): Promise<void>;
}

/** What is connected to the account, and what applications were allowed (oauth-devices §3.2). */
export function createClientsModel(services: Services): ClientsModel {
  const { client } = services;
  const { email } = ownerOf(services);
  const state = createStore<ClientsState>({ busy: false });

  async function read(): Promise<void> {
    const [attached, authorizations] = await Promise.all([
      getAttachedClients(client, sessionOf(services)),
      getAuthorizations(client, sessionOf(services)),
    ]);
    state.set({ services: attached.map(describeService), applications: byApplication(authorizations, email) });
  }

  return {
    state,
    start() {
      readOnArrival(services, state, read);
      return undefined;
    },
    disconnect: ({ attached, name }) =>
      attempt(services, state, async () => {
        const { clientId, deviceId, sessionTokenId, refreshTokenId } = attached;
        await disconnectClient(
          client,
          sessionOf(services),
          namesOf({ clientId, deviceId, sessionTokenId, refreshTokenId }),
        );
        await read();
        return name === undefined ? message('clients-disconnected') : message('clients-disconnected-name', { name });
      }),
    revoke: ({ clientId, name }, scope) =>
      attempt(services, state, async () => {
        await revokeAuthorization(client, sessionOf(services), { clientId, scope });
        await read();
        return message('clients-revoked', { name });
      }),
  };
}

/** The ids that an entry has. A session that belongs to no device is named alone, whatever application made it. */
function namesOf(ids: Pick<Attached, 'clientId' | 'deviceId' | 'sessionTokenId' | 'refreshTokenId'>) {
  const { clientId, deviceId, sessionTokenId, refreshTokenId } = ids;
  if (deviceId === null && refreshTokenId === null && sessionTokenId !== null) return { sessionTokenId };
  return {
    ...(deviceId !== null && { deviceId }),
    ...(sessionTokenId !== null && { sessionTokenId }),
    ...(refreshTokenId !== null && { refreshTokenId }),
    ...(clientId !== null && { clientId }),
  };
}

function describeService(attached: Attached): ConnectedService {
  const { clientId, deviceId, sessionTokenId, refreshTokenId, name, userAgent, os, location } = attached;
  return {
    key: [deviceId, sessionTokenId, refreshTokenId, clientId].join(),
    name: name || undefined,
    what: [userAgent, os].filter(Boolean).join(', '),
    where: [location.city, location.country].filter(Boolean).join(', '),
    lastUsed: attached.lastAccessTime ?? attached.createdTime ?? undefined,
    isThis: attached.isCurrentSession,
    attached,
  };
}

/** One entry for each application, though it may have been allowed for several services. */
function byApplication(authorizations: readonly Authorization[], email: string): AllowedApplication[] {
  const ids = [...new Set(authorizations.map(({ clientId }) => clientId))];
  return ids.map((clientId) => {
    const own = authorizations.filter((authorization) => authorization.clientId === clientId);
    const scopes = [...new Set(own.flatMap(({ scope }) => scope))];
    return {
      clientId,
      name: own[0]?.clientName ?? clientId,
      since: Math.min(...own.map(({ createdTime }) => createdTime)),
      scopes: scopes.map((value) => ({ value, words: describeScope(value, email) })),
    };
  });
}
